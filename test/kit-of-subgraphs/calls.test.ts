import { beforeAll, describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import type { SubgraphHandler } from "../../schema/calls.js";
import { digestOf } from "../../schema/sd-jwt.js";
import type { AskGateway } from "../../subgraphs/kit/ask-graph.js";
import type { EntityManager } from "../../subgraphs/kit/definition.js";
import { openHandler } from "../../subgraphs/kit/open-handler.js";
import { library } from "./library.js";
import { edit, engineer, type Forged, gateway, judge, moment, openSigner } from "./signer.js";

let signer: Awaited<ReturnType<typeof openSigner>>;
let handle: SubgraphHandler;
const logged: string[] = [];
const asked: Parameters<AskGateway>[0][] = [];
let answerOfGateway: Awaited<ReturnType<AskGateway>> = { data: { word: "yes" } };

beforeAll(async () => {
  signer = await openSigner("library");
  handle = openHandler(library, {
    clock: () => moment,
    gatewayKeys: signer.keys,
    askGateway: async (question) => {
      asked.push(question);
      return answerOfGateway;
    },
    log: pino({}, { write: (line: string) => void logged.push(line) }),
    em: () => ({ isInTransaction: () => false }) as unknown as EntityManager,
  });
});

const put = async (authorization: string | undefined, query = "{ __typename }") => {
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
  const response = await handle({ body: JSON.stringify({ query }), headers });
  return {
    status: response.status,
    ...(JSON.parse(response.body) as { data?: unknown; errors?: { extensions: { code: string } }[] }),
  };
};

describe("no call without a signed call token", () => {
  const second = moment.getTime() / 1000;
  test.each<[string, string, Forged]>([
    ["KIND", "a grant", { kind: "grant" }],
    ["TYPE", "no typ of ours", { typ: "JWT" }],
    ["ISSUER", "another issuer", { payload: { iss: "somebody" } }],
    ["AUDIENCE", "another subgraph as audience", { aud: "platform" }],
    ["AUDIENCE", "this subgraph and another as audience", { aud: ["library", "platform"] }],
    ["EXPIRED", "expired by this very second", { issuedAt: second - 60 }],
    ["LIFETIME", "a life of 61 seconds", { lifetime: 61 }],
    ["LIFETIME", "made for an hour from now", { issuedAt: second + 3600 }],
    ["LIFETIME", "no end", { payload: { exp: undefined } }],
    ["SIGNATURE", "a foreign key", { withForeignKey: true }],
    ["ALGORITHM", "no signature at all", { alg: "none" }],
    ["ALGORITHM", "the public key as a secret", { alg: "HS256" }],
    ["KEY", "a key that nobody has", { kid: "unknown" }],
    ["KEY", "no key", { kid: null }],
    ["DISCLOSURE", "a disclosure that its batch does not list", { payload: { _sd: [] } }],
    ["DISCLOSURE", "a batch of another algorithm", { payload: { _sd_alg: "sha-512" } }],
    ["DISCLOSURE", "no salt", { salt: "" }],
    ["CLAIMS", "a batch with a claim that nobody knows", { payload: { nbf: 0 } }],
    ["CLAIMS", "a role that does not exist", { claims: { principal: { ...judge, role: "ROOT" } } }],
    ["CLAIMS", "no operation", { claims: { op: "" } }],
  ])("%s: %s: 401", async (reason, _what, forged) => {
    logged.length = 0;
    const answer = await put(`Bearer ${await signer.signCall(judge, forged)}`);
    expect(answer).toMatchObject({ status: 401, errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
    expect(answer.data).toBeUndefined();
    expect(JSON.parse(logged[0] ?? "{}")).toMatchObject({ msg: "call refused", reason });
  });

  test.each<[string, (jws: string, disclosure: string) => string]>([
    ["its batch alone", (jws) => jws],
    ["its batch and a tilde", (jws) => `${jws}~`],
    ["its disclosure twice", (jws, one) => `${jws}~${one}~${one}~`],
    ["a key binding", (jws, one) => `${jws}~${one}~${jws}`],
    ["its disclosure alone", (_jws, one) => `${one}~`],
    ["an op that was changed", (jws, one) => edit(`${jws}~${one}~`, { op: "op-2" })],
  ])("DISCLOSURE: %s: 401", async (_what, change) => {
    logged.length = 0;
    const [jws = "", disclosure = ""] = (await signer.signCall(judge)).split("~");
    expect(await put(`Bearer ${change(jws, disclosure)}`)).toMatchObject({ status: 401 });
    expect(JSON.parse(logged[0] ?? "{}")).toMatchObject({ reason: "DISCLOSURE" });
  });

  test.each([1, 33])("CLAIMS or DISCLOSURE: a batch that lists its digest with %i more", async (more) => {
    logged.length = 0;
    const token = await signer.signCall(judge);
    const digest = digestOf(token.split("~")[1] as string);
    const list = more === 1 ? [digest, digest] : [digest, ...Array.from({ length: 32 }, (_, one) => `${one}`)];
    const salt = JSON.parse(Buffer.from(token.split("~")[1] as string, "base64url").toString())[0];
    const again = await signer.signCall(judge, { salt, payload: { _sd: list } });
    expect(await put(`Bearer ${again}`)).toMatchObject({ status: 401 });
    expect(JSON.parse(logged[0] ?? "{}")).toMatchObject({ reason: more === 1 ? "DISCLOSURE" : "CLAIMS" });
  });

  test.each([
    "{ _service { sdl } }",
    "{ __schema { types { name } } }",
    "mutation { lend }",
    '{ reader(id: "r1") { id } }',
  ])("%s without a token: 401", async (query) => expect(await put(undefined, query)).toMatchObject({ status: 401 }));

  test("with one, it answers", async () => {
    expect(await signer.ask(handle, { query: "mutation { lend }" })).toMatchObject({
      status: 200,
      data: { lend: "lent" },
    });
  });
});

describe("the caller", () => {
  test("reaches the resolver whole, with the operation", async () => {
    const central = {
      sub: "c",
      role: "CENTRAL_AUTHORITY",
      country: "FR",
      authority: null,
      platform: null,
      mayRevoke: true,
    } as const;
    const service = { ...judge, role: "SERVICE", service: "justice", onBehalfOf: central } as const;
    const { data } = await signer.ask(handle, { query: "{ whoAmI }", principal: service });
    expect(JSON.parse(data.whoAmI)).toEqual({ principal: service, operationId: "op-1" });
  });
});

describe("what leaves a subgraph", () => {
  test("a refusal goes by its name", async () => {
    const { data, errors } = await signer.ask(handle, { query: "{ refuses }" });
    expect(data).toEqual({ refuses: null });
    expect(errors).toMatchObject([{ path: ["refuses"], extensions: { code: "BAD_USER_INPUT", refusal: "PLATFORM" } }]);
  });

  test("any other fault is internal; its place is logged, its text nowhere", async () => {
    logged.length = 0;
    const { errors, text } = await signer.ask(handle, { query: "{ again: fails }" });
    expect(errors).toEqual([{ message: "internal", path: ["again"], extensions: { code: "INTERNAL" } }]);
    expect(text + logged.join()).not.toContain("specimen-01");
    expect(JSON.parse(logged[0] ?? "{}")).toMatchObject({
      operation: "op-1",
      coordinate: "again",
      code: "23505",
      msg: "resolver failed",
    });
    expect(logged[0]).toContain("library");
  });

  test("an argument of another form is the refusal INPUT, without the value", async () => {
    const query = "query ($id: ID!) { reader(id: $id) { id } }";
    const { errors, text } = await signer.ask(handle, { query, variables: { id: { secret: "specimen" } } });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", refusal: "INPUT" } }]);
    expect(text).not.toContain("specimen");
  });

  test.each([
    ["{ reader(", "GRAPHQL_PARSE_FAILED"],
    ["{ nothing }", "GRAPHQL_VALIDATION_FAILED"],
  ])("%s: 400 %s", async (query, code) =>
    expect(await signer.ask(handle, { query })).toMatchObject({ status: 400, errors: [{ extensions: { code } }] }),
  );

  test("a body that is no JSON object: 400", async () => {
    const headers = { authorization: `Bearer ${await signer.signCall(judge)}` };
    for (const body of ["", "[]", '{"query":1}', '{"query":"{a}","variables":[]}'])
      expect(await handle({ body, headers })).toMatchObject({ status: 400 });
  });

  test("an internal root is for the gateway alone", async () => {
    expect(await signer.ask(handle, { query: "{ inside }", principal: gateway })).toMatchObject({
      data: { inside: "inside" },
    });
    const { data, errors } = await signer.ask(handle, { query: "{ inside }", principal: engineer });
    expect(data).toEqual({ inside: null });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN", refusal: "ROLE" } }]);
  });
});

describe("asking back", () => {
  test("the subgraph shows the very token it was called with", async () => {
    asked.length = 0;
    answerOfGateway = { data: { word: "yes" } };
    expect(await signer.ask(handle, { query: "{ asked }" })).toMatchObject({ data: { asked: "yes" } });
    expect(asked).toMatchObject([{ subgraph: "library", query: "{ word }", variables: {} }]);
    expect(asked[0]?.callToken).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+~[\w-]+~$/);
  });

  test.each([
    [
      "that somebody else cannot be reached is said on",
      ["SUBGRAPH_UNAVAILABLE"],
      "unavailable",
      "SUBGRAPH_UNAVAILABLE",
    ],
    ["another fault is ours", ["SUBGRAPH_UNAVAILABLE", "GRAPHQL_VALIDATION_FAILED"], "internal", "INTERNAL"],
  ])("an answer with errors is no answer: %s", async (_, codes, message, code) => {
    answerOfGateway = { data: { word: null }, errors: codes.map((each) => ({ extensions: { code: each } })) };
    expect(await signer.ask(handle, { query: "{ asked }" })).toMatchObject({
      data: { asked: null },
      errors: [{ message, extensions: { code } }],
    });
  });
});
