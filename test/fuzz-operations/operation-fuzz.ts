import { GraphQLObjectType, GraphQLSchema, parse, validate } from "graphql";
import { readGraph, sdlFolder } from "../../gateway/main/read-graph.js";
import { subgraphs } from "../../gateway/main/subgraphs.js";
import { readApiSchema } from "../../schema/identity/read-api-schema.js";
import { type Generated, generateOperation } from "../fuzz/generate-operation.js";
import { Random } from "../fuzz/random.js";
import type { Rogatory } from "../kit/start-rogatory.js";
import { accountIds } from "../leaks/identity-values.js";
import type { Disclosed } from "../leaks/scan-answer.js";
import type { Party } from "./parties.js";
import { nameOf, permittedSet, under } from "./permitted-set.js";

/** What came of the operations so far. */
export interface Figures {
  operations: number;
  /** Answered with 4xx as a whole. */
  refused: number;
  /** Operations that asked for identity data and found somebody. */
  identity: number;
  /** Identity values given, each in the permitted set. */
  permitted: number;
  /** Paths withheld. */
  denied: number;
}

/** An operation that gave something that it must not, or was not answered as it must be. */
export interface Fault {
  readonly seed: number;
  readonly party: string;
  readonly operation: Generated;
  readonly what: string;
}

const names = subgraphs.map(({ name }) => name);
const { apiSdl, identityFields } = (await readGraph(sdlFolder, names)).graph;
const schema: GraphQLSchema = readApiSchema(apiSdl);
/** Identity fields, and what leads to them and to their values. */
const prefer: ReadonlySet<string> = new Set([
  ...identityFields.map(({ coordinate }) => coordinate),
  ...["Query.user", "Query.post", "Query.posts", "Query.node", "User.posts", "PostConnection.nodes", "Post.author"],
  ...["IpAddressConnection.nodes", "SessionConnection.nodes", "MessageConnection.nodes", "Message.counterpart"],
  ...["IpAddress.address", "Session.address", "Session.userAgent", "Message.body"],
]);
/** The schema with the roots alone from which a person is soon reached. */
const nearSchema = withRoots(["node", "user", "userByHandle", "post", "posts", "warrant", "case"]);

function withRoots(names: readonly string[]): GraphQLSchema {
  const config = schema.toConfig();
  const query = schema.getQueryType()?.toConfig();
  if (!query) throw new Error("the schema has no queries");
  const fields = Object.fromEntries(Object.entries(query.fields).filter(([name]) => names.includes(name)));
  const types = config.types.filter(({ name }) => name !== query.name);
  return new GraphQLSchema({ ...config, types, query: new GraphQLObjectType({ ...query, fields }) });
}

/**
 * Random operations over the whole API, from the parser to the door, asked over HTTP of a running gateway by every role under every warrant: no answer gives a
 * value that the party is not told when it asks plainly, none is a 5xx, and none says that something failed.
 */
export class OperationFuzz {
  readonly figures: Figures = { operations: 0, refused: 0, identity: 0, permitted: 0, denied: 0 };
  /** By operation, the identity fields that it gave: each must be in the log. */
  readonly given = new Map<string, Set<string>>();
  readonly #permitted = new Map<Party, Promise<ReadonlySet<string>>>();

  constructor(
    private readonly rogatory: Rogatory,
    /** Who asks: every one of them as often as the others. */
    private readonly among: readonly Party[],
  ) {}

  /** What this party is told when it asks plainly. */
  permitted(party: Party): Promise<ReadonlySet<string>> {
    const known = this.#permitted.get(party) ?? permittedSet(this.rogatory, party);
    this.#permitted.set(party, known);
    return known;
  }

  /** Asks the operation of a seed. */
  async run(seed: number): Promise<Fault | null> {
    const { party, operation } = generate(seed, this.among);
    const allowed = await this.permitted(party);
    const fault = (what: string): Fault => ({ seed, party: party.name, operation, what });
    try {
      const token = await this.rogatory.token(party.claims);
      const { status, body, disclosed } = await this.rogatory.ask(token, operation.text, operation.variables);
      this.#count(status, body.extensions?.disclosure, disclosed);
      const more = disclosed.find((value) => !allowed.has(nameOf(value)));
      if (more) return fault(`${nameOf(more)}, at ${more.path.join(".")}, which it may not be told`);
      const failed = body.errors?.find(({ extensions }) => ours.includes(extensions.code));
      if (status >= 500 || failed) return fault(`${status} ${JSON.stringify(failed ?? body).slice(0, 400)}`);
      return null;
    } catch (thrown) {
      return fault(String(thrown));
    }
  }

  #count(
    status: number,
    disclosure: { operationId: string; withheld: readonly { paths: readonly unknown[] }[] } | undefined,
    disclosed: readonly Disclosed[],
  ): void {
    this.figures.operations += 1;
    if (status >= 400) this.figures.refused += 1;
    if (disclosure) this.figures.identity += 1;
    this.figures.permitted += disclosed.length;
    for (const { paths } of disclosure?.withheld ?? []) this.figures.denied += paths.length;
    if (disclosure && disclosed.length > 0)
      this.given.set(disclosure.operationId, new Set(disclosed.map(({ field }) => field)));
  }
}

/** Codes by which the gateway says that something failed on its side. */
const ours: readonly string[] = ["INTERNAL", "SUBGRAPH_UNAVAILABLE", "LOG_UNAVAILABLE"];

/** The party and the operation of a seed: the first valid one of its stream. */
function generate(seed: number, among: readonly Party[]): { readonly party: Party; readonly operation: Generated } {
  const random = new Random(seed);
  const party = random.pick(among);
  for (;;) {
    const mutation = random.chance(0.03);
    const operation = generateOperation({
      random,
      schema: mutation || random.chance(0.3) ? schema : nearSchema,
      // Mutations name nothing that is there, so that what is permitted stays as it is.
      ...(mutation ? { ids: ["nope"] } : { ids: accountIds, choices: choicesOf(party) }),
      prefer,
      mutation,
      depth: 3 + random.below(3),
    });
    const text = operation.text.replace(/^query Op(?:\([^)]*\))?/, (start) => `${start} ${under(party.warrant)}`);
    if (validate(schema, parse(text, { noLocation: true })).length === 0)
      return { party, operation: { text, variables: operation.variables } };
  }
}

/** Arguments by which things are found that are there: of the party's own person in two of three cases. */
function choicesOf({ person, warrant }: Party): (field: string, argument: string) => readonly unknown[] | undefined {
  const people = [...accountIds, ...accountIds.map(() => person), ...accountIds.map(() => person)];
  const posts = people.flatMap((id) => [`${id}-p1`, `${id}-p2`, `${id}-p3`]);
  const objects = ["case-fr-hate", "case-de-hate", "case-gb-terrorism", warrant ?? "warrant-fr-quiet-heron"];
  const days = ["2019-05-01T00:00:00Z", "2026-09-01T00:00:00Z", "2026-10-01T00:00:00Z", "2026-11-20T00:00:00Z"];
  const known: Readonly<Record<string, readonly unknown[]>> = {
    "user id": people,
    "post id": posts,
    "node id": [...people, ...posts, ...objects],
    "posts filter": people.map((authorId) => ({ authorId })),
    "userByHandle platform": ["FACEBOOK"],
    "userByHandle handle": ["quiet.heron", "brave.badger", "amber.falcon"],
    "warrant id": objects.slice(-1),
    "case id": objects.slice(0, 3),
    "* first": [1, 2, 20, 100],
    "* after": [],
    "* from": days.slice(0, 2),
    "* to": days.slice(2),
  };
  return (field, argument) => known[`${field} ${argument}`] ?? known[`* ${argument}`];
}
