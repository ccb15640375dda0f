import { GraphQLError } from "graphql";

/** What every field of the world answers: the same functions serve the subgraphs and the monolith. */
export interface Thing {
  readonly __typename: string;
  readonly id: string;
  readonly [name: string]: unknown;
}

type Field = (source: never, args: never) => unknown;

const users = ["u1", "u2", "u3", "u4", "u5", "u6"];
const orgs = ["o1", "o2"];
const posts = ["p1", "p2", "p3", "p4", "p5"];
const cases = ["k1", "k2", "k3"];
const types: Readonly<Record<string, string>> = { u: "User", o: "Org", p: "Post", k: "Case" };
const known = new Set([...users, ...orgs, ...posts, ...cases]);

/** A small hash, so that the world needs no tables. */
export function hash(text: string): number {
  let value = 2166136261;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 16777619);
  return (value ^ (value >>> 15)) >>> 0;
}

export function thing(id: string): Thing | null {
  return known.has(id) ? { __typename: types[id.charAt(0)] as string, id } : null;
}

function some(id: string, salt: string, from: readonly string[], count: number): (Thing | null)[] {
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    thing(from[hash(`${id} ${salt} ${index}`) % from.length] as string),
  );
}

const one = (id: string, salt: string, from: readonly string[]): Thing | null =>
  some(id, salt, from, 1)[0] as Thing | null;
const ofType = (type: string) => (id: string) => (thing(id)?.__typename === type ? thing(id) : null);
const time = (text: string): string => `2024-0${(hash(text) % 6) + 1}-10T00:00:00.000Z`;
const fails = (extensions: Record<string, unknown> = {}): never => {
  throw new GraphQLError("the words of a subgraph, with a secret in them", { extensions });
};

/** The period of every warrant in this world: some rows lie outside. */
export const period = { from: "2024-02-01T00:00:00.000Z", to: "2024-05-01T00:00:00.000Z" };

/** Mutations in the order in which they ran. */
export const ran: string[] = [];

type Ref = { id: string };
const field = <Source, Args = Record<string, never>>(resolve: (source: Source, args: Args) => unknown): Field =>
  resolve as Field;
const account = {
  name: field<Ref>(({ id }) => `name of ${id}`),
  label: field<Ref>(({ id }) => (hash(id) % 2 || id.startsWith("o") ? `label ${id}` : null)),
  email: field<Ref>(({ id }) => `${id}@example`),
  friends: field<Ref, { first: number }>(({ id }, { first }) =>
    some(id, "friend", [...users, ...orgs], Math.min(first, 3)),
  ),
};
const ip = (id: string, index: number) => ({
  address: `10.${hash(id) % 99}.${index}`,
  seenAt: time(`${id} ip ${index}`),
  hits: index % 2 ? null : index,
});

/** What a field that requires others computes from them. */
export const dependents = {
  watch: (email: unknown) => (typeof email === "string" ? email.length : null),
  greeting: (name: unknown) => `hello ${String(name)}`,
  brief: (flaky: unknown) => (typeof flaky === "string" ? flaky.slice(0, 3) : null),
  shout: (title: unknown, { times }: { times?: number | null }) =>
    `${String(title).toUpperCase()}${"!".repeat(Math.max(0, Math.min(times ?? 1, 5)))}`,
};

/** Whom a search finds, in the order of their ids. */
export const foundAt = (address: string): readonly string[] =>
  users.filter((id) => hash(`${id} at ${address}`) % 4 !== 0);

interface Search {
  readonly address: string;
  readonly first: number;
  readonly after: string | null;
}

export const fields: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  Query: {
    found: field<unknown, Search>((_, { address, first, after }) => {
      const rest = foundAt(address).filter((id) => after === null || id > after);
      const edges = rest.slice(0, first).map((id) => ({ cursor: id, node: thing(id) }));
      return { edges, pageInfo: { hasNextPage: rest.length > first, endCursor: edges.at(-1)?.cursor ?? null } };
    }),
    me: field(() => thing("u1")),
    user: field<unknown, Ref>((_, { id }) => ofType("User")(id)),
    account: field<unknown, Ref>((_, { id }) => (/^[uo]/.test(id) ? thing(id) : null)),
    users: field<unknown, { ids: string[] | null }>(
      (_, { ids }) => ids?.map(ofType("User")).filter((it) => it !== null) ?? null,
    ),
    post: field<unknown, Ref>((_, { id }) => ofType("Post")(id)),
    items: field<unknown, { first: number }>((_, { first }) => [
      ...some("root", "item", [...users, ...orgs, ...posts], Math.min(first, 6)),
      null,
      { __typename: "Note", text: "root note" },
    ]),
    grid: field(() => [some("grid", "row", [...users, ...orgs], 3), null, [thing("u2"), null, thing("o2")]]),
    node: field<unknown, Ref>((_, { id }) => (id.startsWith("k") ? null : thing(id))),
    case: field<unknown, Ref>((_, { id }) => ofType("Case")(id)),
    cases: field(() => cases.map(thing)),
    evidence: field(() => some("root", "evidence", [...users, ...posts, ...cases], 5)),
    top: field(() => [...some("root", "top", posts, 3), null]),
  },
  Mutation: {
    touch: field<unknown, Ref>((_, { id }) => {
      ran.push(`touch ${id}`);
      return ofType("User")(id);
    }),
    mark: field<unknown, Ref>((_, { id }) => {
      ran.push(`mark ${id}`);
      return ofType("Case")(id);
    }),
  },
  User: {
    ...account,
    status: field<Ref>(({ id }) => (hash(id) % 2 ? "ACTIVE" : "CLOSED")),
    best: field<Ref>(({ id }) => (id === "u5" ? null : one(id, "best", users))),
    items: field<Ref>(({ id }) => [
      ...some(id, "item", [...users, ...orgs, ...posts], 2),
      { __typename: "Note", text: `note of ${id}`, author: id },
    ]),
    posts: field<Ref, { first: number }>(({ id }, { first }) => some(id, "post", posts, Math.min(first, 3))),
    flaky: field<Ref>(({ id }) => (id === "u2" ? fails() : id === "u3" ? null : `flaky ${id}`)),
    fragile: field<Ref>(({ id }) => (id === "u4" ? fails() : id === "u6" ? null : 1)),
    jurisdiction: field<Ref>(({ id }) => ({
      providerCountry: "IE",
      residence: hash(id) % 2 ? "FR" : "DE",
      nationality: null,
      locatedIn: null,
      protectedRole: null,
    })),
    place: field<Ref>(({ id }) => (id === "u1" ? null : { street: id === "u2" ? null : `street ${id}`, town: "town" })),
    ips: field<Ref, { first: number }>(({ id }, { first }) =>
      Array.from({ length: Math.max(0, Math.min(first, 5)) }, (_, index) => ip(id, index)),
    ),
    sessions: field<Ref, { first: number }>(({ id }, { first }) => {
      const nodes = Array.from({ length: Math.max(0, Math.min(first, 5)) }, (_, index) => ({
        startedAt: time(`${id} session ${index}`),
        of: `${id} ${index}`,
      }));
      return { nodes, edges: nodes.map((node, index) => ({ cursor: `${id}:${index}`, node })), total: nodes.length };
    }),
    messages: field<Ref, { first: number }>(({ id }, { first }) =>
      Array.from({ length: Math.max(0, Math.min(first, 3)) }, (_, index) => ({ of: `${id} ${index}` })),
    ),
    cases: field<Ref, { first: number }>(({ id }, { first }) => some(id, "case", cases, Math.min(first, 2))),
    note: field<Ref>(({ id }) => `note on ${id}`),
    risky: field<Ref>(({ id }) => (id === "u3" ? fails({ code: "BAD_USER_INPUT", refusal: "CURSOR" }) : `risky ${id}`)),
  },
  Org: {
    ...account,
    owner: field<Ref>(({ id }) => (id === "o2" ? null : one(id, "owner", users))),
    taxId: field<Ref>(({ id }) => `tax ${id}`),
    grade: field<Ref>(({ id }) => (id === "o1" ? "A" : null)),
  },
  Post: {
    title: field<Ref>(({ id }) => (id === "p2" ? fails() : id === "p3" ? null : `title ${id}`)),
    body: field<Ref, { format?: string | null }>(({ id }, { format }) => `body ${id} ${format ?? "plain"}`),
    author: field<Ref>(({ id }) => one(id, "author", users)),
    secret: field<Ref>(({ id }) => `secret ${id}`),
    authorIp: field<Ref>(({ id }) => ip(id, 0)),
    score: field<Ref>(({ id }) => hash(id) % 100),
    rating: field<Ref>(({ id }) => (id === "p5" ? null : { of: id })),
  },
  Case: {
    title: field<Ref>(({ id }) => `case ${id}`),
    open: field<Ref>(({ id }) => id !== "k2"),
    lead: field<Ref>(({ id }) => one(id, "lead", users)),
    suspects: field<Ref>(({ id }) => [...some(id, "suspect", users, 2), null]),
    evidence: field<Ref>(({ id }) => some(id, "evidence", [...users, ...posts, ...cases], 3)),
  },
  Rating: {
    stars: field<{ of: string }>(({ of }) => hash(of) % 5),
    strict: field<{ of: string }>(({ of }) => (of === "p1" ? fails() : of === "p4" ? null : 7)),
    by: field<{ of: string }>(({ of }) => one(of, "rated", users)),
  },
  Session: { host: field<{ of: string }>(({ of }) => one(of, "host", [...users, ...orgs])) },
  Message: {
    body: field<{ of: string }>(({ of }) => `message ${of}`),
    counterpart: field<{ of: string }>(({ of }) => one(of, "counterpart", users)),
    about: field<{ of: string }>(({ of }) => one(of, "about", posts)),
    party: field<{ of: string }>(({ of }) => one(of, "party", [...users, ...orgs])),
  },
  Note: { by: field<{ author?: string }>(({ author }) => (author ? thing(author) : null)) },
};
