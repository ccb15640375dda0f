import { buildSchema, execute, parse } from "graphql";
import type { AskGateway, GraphAnswer } from "../../../subgraphs/kit/ask-graph.js";

/** What the other subgraphs would answer, as a test sets it. */
export interface World {
  /** Account id by handle; all on FACEBOOK. */
  handles: Record<string, string>;
  /** Author by post address. */
  posts: Record<string, string>;
  accounts: Record<string, string>;
  postIds: string[];
  offences: { code: string; country: string }[];
  /** Answers `preview`; gets its input. */
  preview: (input: PreviewInput) => Partial<PreviewAnswer>;
  /** Effect of each item's decision, by category. */
  effects: Record<string, string>;
  /** More of each item's decision, by category: deadlines and duties. */
  law: Record<string, object>;
  /** What the log names in the asking auditor's scope. */
  named: (id: string) => boolean;
  /** The graph is gone. */
  unreachable: boolean;
  /** One of the subgraphs failed: an error beside the data. */
  failing: boolean;
  /** Awaited before anything is answered. */
  pause: () => Promise<void>;
  /** Every operation that was asked, by name. */
  asked: string[];
}

export interface PreviewInput {
  platform: string;
  categories: string[];
  offenceCodes: string[];
  at: string;
  believed: Record<string, string>;
}

interface Told {
  code: string;
  message: string;
  field: string[] | null;
  rule: { id: string } | null;
}

export interface PreviewAnswer {
  decisions: object[];
  competence: Told[];
  validations: { by: string[] }[];
  missing: Told[];
}

const schema = buildSchema(`
  scalar Any
  scalar URL
  input PreviewInput { platform: String! categories: [String!]! offenceCodes: [String!]! committedOnline: Boolean offenceCountry: String solePurposeIdentification: Boolean kind: String emergency: Boolean at: String believed: Any }
  type User { id: ID! platform: String! }
  type Post { id: ID! author: User! }
  type Posts { nodes: [Post!]! }
  type Platform { code: String! }
  type Offence { code: String! country: String! }
  type PreservationTime { days: Int! extensionDays: Int }
  type Rule { id: ID! preservation: PreservationTime }
  type Duty { kind: String! owner: String! dueHours: Int text: String! }
  type Decision { category: String! effect: String! code: String! permitted: Boolean! reason: String! rule: Rule deadlineHours: Int providerCountry: String obligations: [Duty!]! }
  type Told { code: String! message: String! field: [String!] rule: Rule }
  type Validation { by: [String!]! }
  type Preview { decisions: [Decision!]! competence: [Told!]! validations: [Validation!]! missing: [Told!]! }
  type Item { id: ID! decision: Decision }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Items { nodes: [Item!]! pageInfo: PageInfo! }
  type Warrant { items(first: Int, after: String): Items! }
  input PostFilter { ids: [ID!] }
  type NamedInLog { warrants: [ID!]! cases: [ID!]! }
  type Query {
    namedInLog(warrantIds: [ID!]!, caseIds: [ID!]!): NamedInLog
    user(id: ID!): User
    userByHandle(platform: String!, handle: String!): User
    postByUrl(url: URL!): Post
    posts(filter: PostFilter, first: Int): Posts
    platform(code: String!): Platform
    offences: [Offence!]
    preview(input: PreviewInput!): Preview
    warrant(id: ID!): Warrant
  }
  type Mutation { keepData(platform: String!): Boolean }
`);

/** A decision that permits, of the shape that `preview` answers. */
export function permitted(category: string, more: object = {}): object {
  return {
    category,
    effect: "PERMIT_COMPULSORY",
    code: "PERMITTED",
    permitted: true,
    reason: "Permitted.",
    rule: { id: "R-EE-IDENT" },
    deadlineHours: 240,
    providerCountry: "IE",
    obligations: [],
    ...more,
  };
}

/** A preview that says: traffic needs the validation of a judge. */
export const needsValidation = (): Partial<PreviewAnswer> => ({
  competence: [
    {
      code: "VALIDATION_MISSING",
      message: "A judge must validate.",
      field: ["categories", "1"],
      rule: { id: "R-EE-TRAFFIC" },
    },
  ],
  validations: [{ by: ["JUDGE", "COURT", "INVESTIGATING_JUDGE"] }],
});

export function freshWorld(): World {
  return {
    handles: { "quiet.heron": "u01", "brave.badger": "u02" },
    posts: { "https://facebook.example/quiet.heron/posts/1": "u01" },
    accounts: { u01: "FACEBOOK", u02: "FACEBOOK", u10: "FJORDNET" },
    postIds: ["u01-p1"],
    offences: [
      { code: "FR-1881-24", country: "FR" },
      { code: "DE-STGB-130", country: "DE" },
      { code: "X-HATE", country: "*" },
    ],
    preview: () => ({}),
    effects: {},
    law: {},
    named: () => true,
    unreachable: false,
    failing: false,
    pause: async () => undefined,
    asked: [],
  };
}

/** A gateway in front of that world. `itemsOf` tells the items of a warrant with their categories. */
export function fakeGateway(
  world: World,
  itemsOf: (id: string) => Promise<{ id: string; category: string }[]>,
): AskGateway {
  const account = (id: string | undefined) => (id && world.accounts[id] ? { id, platform: world.accounts[id] } : null);
  const root = {
    user: ({ id }: { id: string }) => account(id),
    userByHandle: ({ handle }: { handle: string }) => account(world.handles[handle]),
    postByUrl: ({ url }: { url: string }) => (world.posts[url] ? { id: "p", author: account(world.posts[url]) } : null),
    posts: ({ filter }: { filter: { ids: string[] } }) => ({
      nodes: filter.ids.filter((id) => world.postIds.includes(id)).map((id) => ({ id, author: account("u01") })),
    }),
    keepData: () => true,
    platform: ({ code }: { code: string }) => (["FACEBOOK", "FJORDNET"].includes(code) ? { code } : null),
    offences: () => world.offences,
    preview: ({ input }: { input: PreviewInput }) => ({
      decisions: input.categories.map((category) => permitted(category)),
      competence: [],
      validations: [],
      missing: [],
      ...world.preview(input),
    }),
    namedInLog: ({ warrantIds, caseIds }: { warrantIds: string[]; caseIds: string[] }) => ({
      warrants: warrantIds.filter((id) => world.named(id)),
      cases: caseIds.filter((id) => world.named(id)),
    }),
    warrant: async ({ id }: { id: string }) => {
      const items = await itemsOf(id);
      return {
        items: ({ first, after }: { first: number; after: string | null }) => {
          const start = after ? Number(after) : 0;
          const nodes = items.slice(start, start + first).map((item) => ({
            id: item.id,
            decision: permitted(item.category, {
              effect: world.effects[item.category] ?? "PERMIT_COMPULSORY",
              ...world.law[item.category],
            }),
          }));
          return { nodes, pageInfo: { hasNextPage: start + first < items.length, endCursor: String(start + first) } };
        },
      };
    },
  };
  return async ({ query, variables }): Promise<GraphAnswer> => {
    world.asked.push(/(?:query|mutation) (\w+)/.exec(query)?.[1] ?? query);
    await world.pause();
    if (world.unreachable) throw new Error("nobody there");
    const answer = await execute({ schema, document: parse(query), rootValue: root, variableValues: variables });
    if (answer.errors) throw new Error(answer.errors[0]?.message);
    if (world.failing) return { data: answer.data, errors: [{ extensions: { code: "SUBGRAPH_UNAVAILABLE" } }] };
    return { data: answer.data };
  };
}
