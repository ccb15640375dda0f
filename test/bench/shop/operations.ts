/** What the gateways are asked. */
export interface BenchOperation {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The text of the request of this number, where each brings another; absent: the same query. */
  readonly queryOf?: (index: number) => string;
  /** How many may ask it at once; absent: as many as there are. */
  readonly mostClients?: number;
  /** The same for a gateway that knows no warrants; absent: the same query. */
  readonly plainQuery?: string;
}

const product = "inStock name price shippingEstimate upc weight";
const below = `reviews { id body author { id username name reviews { id body product { ${product} } } } }`;

const heavy = `query Heavy {
  users { id username name reviews { id body product { ${product} ${below} } } }
  topProducts { ${product} ${below} }
}`;

/** The open operations, by name. */
export const openOperations: readonly BenchOperation[] = [
  { name: "heavy", query: heavy },
  { name: "small", query: "query Small { me { id name reviews { id body product { upc name } } } }" },
  { name: "one fetch", query: "query One { users { id name username } }" },
];

/** Identity data of so many persons, under a warrant that names them all. */
export function identityOperation(persons: number): BenchOperation {
  const fields = "users(first: $n) { id username legalName }";
  return {
    name: `identity × ${persons}`,
    query: `query Identity($n: Int!, $w: ID!) @warrant(id: $w) { ${fields} }`,
    plainQuery: `query Identity($n: Int!) { ${fields} }`,
    variables: { n: persons, w: `warrant-${persons}` },
    // The recorder lets some four thousand leaves wait, one for each person.
    mostClients: Math.max(1, Math.floor(2_000 / persons)),
  };
}
