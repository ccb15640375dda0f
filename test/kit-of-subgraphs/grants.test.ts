import { beforeAll, describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import type { GrantedScope, KnownFacts, SubgraphHandler } from "../../schema/calls.js";
import type { EntityManager } from "../../subgraphs/kit/definition.js";
import { rememberNonces } from "../../subgraphs/kit/nonces.js";
import { openHandler } from "../../subgraphs/kit/open-handler.js";
import { newSalt } from "../kit/sign-token.js";
import { library } from "./library.js";
import { type GrantToSign, moment, openSigner } from "./signer.js";

let signer: Awaited<ReturnType<typeof openSigner>>;
let handle: SubgraphHandler;
const logged: string[] = [];

beforeAll(async () => {
  signer = await openSigner("library");
  handle = openHandler(library, options());
});

const options = () => ({
  clock: () => moment,
  gatewayKeys: signer.keys,
  askGateway: async () => ({ data: {} }),
  log: pino({}, { write: (line: string) => void logged.push(line) }),
  em: () => ({ isInTransaction: () => false }) as unknown as EntityManager,
});

const query =
  "query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Reader { id name } ... on Note { id text } } }";
const reader1 = { r: [{ __typename: "Reader", id: "r1" }] };
const french: KnownFacts = {
  providerCountry: "IE",
  residence: "FR",
  nationality: "FR",
  locatedIn: "FR",
  protectedRole: null,
};

const scope = (change: Partial<GrantedScope> = {}): GrantedScope => ({
  subjects: [{ id: "r1", facts: french }],
  entities: [{ type: "Reader", id: "r1", subject: "r1", fields: ["name"] }],
  leafHashes: ["0c".repeat(32)],
  ...change,
});
const ask = (grant: GrantToSign | undefined, variables: Record<string, unknown> = reader1) =>
  signer.ask(handle, { query, variables, ...(grant && { grant }) });

describe("an identity field is answered within a grant, and only there", () => {
  test("the grant names entity, field, subject and the facts as the subgraph knows them: answered", async () => {
    const { data, errors } = await ask({ scope: scope() });
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([{ __typename: "Reader", id: "r1", name: "Specimen Reader 1" }]);
  });

  const second = moment.getTime() / 1000;
  const entity = { type: "Reader", id: "r1", subject: "r1", fields: ["name"] };
  test.each<[string, string, GrantToSign | undefined]>([
    ["NO_GRANT", "there is none", undefined],
    ["SIGNATURE", "it is signed by somebody else", { scope: scope(), forged: { withForeignKey: true } }],
    ["TYPE", "it is no batch of ours", { scope: scope(), forged: { typ: "JWT" } }],
    ["KIND", "it is a call", { scope: scope(), forged: { kind: "call" } }],
    ["ISSUER", "it has another issuer", { scope: scope(), forged: { payload: { iss: "somebody" } } }],
    ["DISCLOSURE", "it is no token", { scope: scope(), token: "grant" }],
    ["AUDIENCE", "it is for another subgraph", { scope: scope(), forged: { aud: "platform" } }],
    ["EXPIRED", "it ends this very second", { scope: scope(), forged: { issuedAt: second - 60 } }],
    ["LIFETIME", "it lives longer than 60 s", { scope: scope(), forged: { lifetime: 61 } }],
    ["LIFETIME", "it is made for an hour from now", { scope: scope(), forged: { issuedAt: second + 3600 } }],
    ["OPERATION", "it is of another operation", { scope: scope(), claims: { op: "op-2" } }],
    ["BODY_DIGEST", "the body was changed", { scope: scope(), overBody: "{}" }],
    ["ALGORITHM", "it is not signed at all", { scope: scope(), forged: { alg: "none" } }],
    ["ALGORITHM", "it is signed with the public key as a secret", { scope: scope(), forged: { alg: "HS256" } }],
    ["KEY", "no gateway has the key it names", { scope: scope(), forged: { kid: "unknown" } }],
    ["KEY", "it names no key", { scope: scope(), forged: { kid: null } }],
    ["AUDIENCE", "it is for this subgraph and another", { scope: scope(), forged: { aud: ["library", "platform"] } }],
    ["LIFETIME", "it has no end", { scope: scope(), forged: { payload: { exp: undefined } } }],
    ["DISCLOSURE", "it has no salt", { scope: scope(), forged: { salt: null } }],
    ["DISCLOSURE", "its salt has less than 128 bits", { scope: scope(), forged: { salt: "A".repeat(21) } }],
    ["DISCLOSURE", "its batch does not list it", { scope: scope(), forged: { payload: { _sd: ["0".repeat(43)] } } }],
    [
      "DISCLOSURE",
      "its batch is of another algorithm",
      { scope: scope(), forged: { payload: { _sd_alg: "sha-512" } } },
    ],
    ["DISCLOSURE", "its batch names no algorithm", { scope: scope(), forged: { payload: { _sd_alg: undefined } } }],
    ["CLAIMS", "its batch has no list", { scope: scope(), forged: { payload: { _sd: undefined } } }],
    ["CLAIMS", "its batch has a claim that nobody knows", { scope: scope(), forged: { payload: { nbf: 0 } } }],
    ["CLAIMS", "it has a claim that nobody knows", { scope: scope(), forged: { claims: { rows: 1 } } }],
    ["CLAIMS", "it names no category", { scope: scope(), claims: { categories: [] } }],
    ["WARRANT", "it is under no warrant", { scope: scope(), claims: { warrant: undefined as never } }],
    [
      "WARRANT",
      "its warrant has no content hash",
      { scope: scope(), claims: { warrant: { id: "w", contentHash: "" } } },
    ],
    [
      "DISCLOSURE",
      "it is moved to another warrant",
      { scope: scope(), edited: { warrant: { id: "other", contentHash: "0d".repeat(32) } } },
    ],
    [
      "SIGNATURE",
      "it is moved to another warrant, and listed so",
      { scope: scope(), edited: { warrant: { id: "other", contentHash: "0d".repeat(32) } }, listed: true },
    ],
    [
      "DISCLOSURE",
      "it is moved to another record",
      { scope: scope(), edited: { receipt: { writer: "0b".repeat(32), batch: 2 } } },
    ],
    [
      "DISCLOSURE",
      "its period is made longer",
      { scope: scope(), edited: { period: { from: "1970-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" } } },
    ],
    [
      "RECEIPT",
      "it names no batch of the log",
      { scope: scope(), claims: { receipt: { writer: "0b".repeat(32), batch: -1 } } },
    ],
    ["PERIOD", "its period is no period", { scope: scope(), claims: { period: "always" as never } }],
    [
      "PERIOD",
      "its period is empty",
      { scope: scope(), claims: { period: { from: "2026-09-01T00:00:00Z", to: "2026-09-01T00:00:00Z" } } },
    ],
    ["SCOPE", "there is no scope in the body", { scope: { leafHashes: ["0c".repeat(32)] } as never }],
    ["SCOPE", "it grants something of a kind that nobody knows", { scope: { ...scope(), identifiers: [] } as never }],
    [
      "SCOPE",
      "it says more of an entity than this version knows",
      { scope: scope({ entities: [{ ...entity, rows: 1 } as never] }) },
    ],
    [
      "BODY_DIGEST",
      "the scope names another record",
      { scope: scope({ leafHashes: ["0d".repeat(32)] }), digestOf: scope() },
    ],
    [
      "BODY_DIGEST",
      "the scope names another field",
      { scope: scope({ entities: [{ ...entity, fields: ["name", "loans"] }] }), digestOf: scope() },
    ],
    ["SCOPE", "it lists persons in another form", { scope: { ...scope(), subjects: [{ id: "r1" }] as never } }],
    ["RECEIPT", "it names no record", { scope: scope({ leafHashes: [] }) }],
    ["ENTITY_NOT_GRANTED", "it names another entity", { scope: scope({ entities: [{ ...entity, id: "r2" }] }) }],
    [
      "ENTITY_NOT_GRANTED",
      "it names another type of the same id",
      { scope: scope({ entities: [{ ...entity, type: "Note" }] }) },
    ],
    ["FIELD_NOT_GRANTED", "it names another field", { scope: scope({ entities: [{ ...entity, fields: ["loans"] }] }) }],
    ["CATEGORY_NOT_GRANTED", "its categories are others", { scope: scope(), claims: { categories: ["TRAFFIC"] } }],
    ["SUBJECT_NOT_GRANTED", "it does not list the person", { scope: scope({ subjects: [] }) }],
    [
      "SUBJECT_DIFFERS",
      "it says that the data is about somebody else",
      { scope: scope({ subjects: [{ id: "r2", facts: french }], entities: [{ ...entity, subject: "r2" }] }) },
    ],
    [
      "FACTS_DIFFER",
      "it was decided on another residence",
      { scope: scope({ subjects: [{ id: "r1", facts: { ...french, residence: "DE" } }] }) },
    ],
    [
      "FACTS_DIFFER",
      "it was decided on a protected role that is none",
      { scope: scope({ subjects: [{ id: "r1", facts: { ...french, protectedRole: "LAWYER" } }] }) },
    ],
  ])("%s: %s", async (problem, _why, grant) => {
    logged.length = 0;
    const { status, data, errors, text } = await ask(grant);
    expect(status).toBe(200);
    expect(data._entities).toEqual([{ __typename: "Reader", id: "r1", name: null }]);
    expect(errors).toEqual([
      {
        message: "identity data needs a grant",
        path: ["_entities", 0, "name"],
        extensions: { code: "GRANT", problem },
      },
    ]);
    expect(text + logged.join()).not.toContain("Specimen");
    expect(JSON.parse(logged[0] ?? "{}")).toMatchObject({ level: 40, coordinate: "_entities.name", problem });
  });

  test("REPLAYED: it was used before", async () => {
    const grant = { scope: scope(), forged: { salt: newSalt() } };
    expect((await ask(grant)).errors).toBeUndefined();
    expect((await ask(grant)).errors).toMatchObject([{ extensions: { problem: "REPLAYED" } }]);
  });

  test("a grant that did not hold does not use up its nonce", async () => {
    const salt = newSalt();
    await ask({ scope: scope(), overBody: "{}", forged: { salt } });
    expect((await ask({ scope: scope(), forged: { salt } })).errors).toBeUndefined();
  });

  test("from any root, not only by reference", async () => {
    const { data, errors } = await signer.ask(handle, {
      query: '{ reader(id: "r1") { id name loans { nodes { title } } } }',
    });
    expect(data.reader).toEqual({ id: "r1", name: null, loans: null });
    expect(errors?.map((error) => error.extensions.problem)).toEqual(["NO_GRANT", "NO_GRANT"]);
  });
});

describe("a subject by path", () => {
  const note = { r: [{ __typename: "Note", id: "n1" }] };
  const entities = [{ type: "Note", id: "n1", subject: "r1", fields: ["text"] }];

  test("is found through the subgraph's own data", async () => {
    const { data, errors } = await ask({ scope: scope({ entities }) }, note);
    expect(errors).toBeUndefined();
    expect(data._entities[0].text).toBe("Specimen note");
  });

  test("SUBJECT_DIFFERS: the representation names another writer, with her facts", async () => {
    const german = { ...french, nationality: "DE" };
    const lie = {
      r: [{ __typename: "Note", id: "n1", writer: { __typename: "Reader", id: "r2", jurisdiction: german } }],
    };
    const grant = {
      scope: scope({
        subjects: [{ id: "r2", facts: german }],
        entities: [{ type: "Note", id: "n1", subject: "r2", fields: ["text"] }],
      }),
    };
    const { data, errors } = await ask(grant, lie);
    expect(data._entities[0].text).toBeNull();
    expect(errors).toMatchObject([{ extensions: { problem: "SUBJECT_DIFFERS" } }]);
  });
});

describe("a careless reference, which hands back what the caller sent", () => {
  test("still proves nothing: the facts and the way to the person never reach it", async () => {
    const seen: object[] = [];
    const careless = openHandler(
      {
        ...library,
        references: {
          ...library.references,
          Reader: (reference: object) => {
            seen.push(reference);
            return { ...reference, name: "Specimen Reader 1" };
          },
        },
      },
      options(),
    );
    const invented = { ...french, residence: "DE" };
    const representation = { __typename: "Reader", id: "r1", jurisdiction: invented };
    const grant = { scope: scope({ subjects: [{ id: "r1", facts: invented }] }) };
    const { data, errors } = await signer.ask(careless, { query, variables: { r: [representation] }, grant });
    expect(data._entities).toEqual([{ __typename: "Reader", id: "r1", name: null }]);
    expect(errors).toMatchObject([{ extensions: { problem: "SUBJECT_DIFFERS" } }]);
    expect(seen).toEqual([{ __typename: "Reader", id: "r1" }]);
  });
});

describe("the period", () => {
  const fields = ["loans", "firstLoan", "loanList"];
  const rows =
    "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Reader { loans { nodes { title } edges { cursor } } firstLoan { title } loanList { title } } } }";
  const grant = (claims?: GrantToSign["claims"]): GrantToSign => ({
    scope: scope({ entities: [{ type: "Reader", id: "r1", subject: "r1", fields }] }),
    ...(claims && { claims }),
  });

  test("is half-open, and cuts nodes, edges, lists and single rows even where the resolver did not", async () => {
    const { data, errors } = await signer.ask(handle, { query: rows, variables: reader1, grant: grant() });
    expect(errors).toBeUndefined();
    const kept = ["Lent on 2026-09-01", "Lent on 2026-10-01"];
    expect(data._entities[0]).toEqual({
      loans: { nodes: kept.map((title) => ({ title })), edges: kept.map((cursor) => ({ cursor })) },
      firstLoan: null,
      loanList: kept.map((title) => ({ title })),
    });
  });

  test("PERIOD_MISSING: a field with rows in time is not granted without one", async () => {
    const { errors } = await signer.ask(handle, { query: rows, variables: reader1, grant: grant({ period: null }) });
    expect(errors?.map((error) => error.extensions.problem)).toEqual([
      "PERIOD_MISSING",
      "PERIOD_MISSING",
      "PERIOD_MISSING",
    ]);
  });
});

describe("the memory of nonces", () => {
  test("forgets what has expired, and refuses while it is full", () => {
    let now = 1_000;
    const isNew = rememberNonces(() => new Date(now * 1000), 2);
    expect([isNew("a", 1_060), isNew("b", 1_060), isNew("a", 1_060), isNew("c", 1_060)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    now = 1_060;
    expect([isNew("c", 1_120), isNew("a", 1_120)]).toEqual([true, true]);
  });
});
