import { describe, expect, test } from "@jest/globals";
import { getOperationAST, parse } from "graphql";
import { limitService } from "../../gateway/main/limit-service.js";
import type { Principal } from "../../schema/principal.js";

const judge: Principal = { sub: "judge", role: "JUDICIAL", country: "FR", authority: "fr-tj-paris", platform: null };

function ask(service: string | null, text: string): void {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error("no operation");
  limitService(
    document,
    operation,
    service === null ? judge : { ...judge, role: "SERVICE", service, onBehalfOf: judge, hops: 1 },
  );
}

describe("a subgraph that shows a client's call token", () => {
  test("justice and treaty may ask what they need", () => {
    expect(() => ask("justice", "{ preview(input: {}) { decisions { code } } }")).not.toThrow();
    expect(() => ask("treaty", "{ case(id: 1) { offences { code } } }")).not.toThrow();
  });

  test("the platform may ask whether something is there for her, and nothing of it", () => {
    expect(() => ask("platform", "query ($id: ID!) { found: warrant(id: $id) { id } }")).not.toThrow();
    for (const text of [
      "{ warrant(id: 1) { necessity } }",
      "{ warrant(id: 1) { id case { id } } }",
      "{ warrants { nodes { id } } }",
      "{ ...Everything } fragment Everything on Query { warrant(id: 1) { necessity } }",
      "{ warrant(id: 1) { ... on Warrant { necessity } } }",
      "{ __typename }",
    ])
      expect(() => ask("platform", text)).toThrow("may not ask the graph for this");
  });

  test("audit may ask for rule books, by which it replays decisions, and for nothing else", () => {
    expect(() => ask("audit", "{ then: ruleBook(hash: 1) { document } now: ruleBook { hash } }")).not.toThrow();
    for (const text of [
      "{ ruleBook { hash } warrant(id: 1) { id } }",
      "{ ...Law } fragment Law on Query { warrant(id: 1) { id } }",
      "{ ruleBook: warrant(id: 1) { id } }",
      "{ ... on Query { warrant(id: 1) { id } } }",
    ])
      expect(() => ask("audit", text)).toThrow("The subgraph audit may not ask");
  });

  test("a subgraph that nobody listed may ask nothing", () => {
    expect(() => ask("stranger", "{ warrant(id: 1) { id } }")).toThrow("may not ask");
  });

  test("nobody acts in a client's name", () => {
    expect(() => ask("justice", "mutation { revokeWarrant(id: 1) { warrant { id } } }")).toThrow("it never acts");
  });

  test("but for the roots that another subgraph serves for it alone, which bring in no other", () => {
    expect(() => ask("justice", 'mutation { keepData(platform: "FACEBOOK") }')).not.toThrow();
    expect(() => ask("platform", '{ dataToKeep(platform: "FACEBOOK") { accountId } }')).not.toThrow();
    for (const text of [
      'mutation { keepData(platform: "FACEBOOK") revokeWarrant(id: 1) { warrant { id } } }',
      "mutation { ...Acts } fragment Acts on Mutation { revokeWarrant(id: 1) { warrant { id } } }",
      "mutation { keepData: revokeWarrant(id: 1) { warrant { id } } }",
    ])
      expect(() => ask("justice", text)).toThrow("it never acts");
    expect(() => ask("platform", 'mutation { keepData(platform: "FACEBOOK") }')).toThrow("it never acts");
    expect(() => ask("treaty", "mutation { reportDeletion(warrantId: 1) { userErrors { code } } }")).toThrow(
      "never acts",
    );
  });

  test("a client is not meant", () => {
    expect(() => ask(null, "{ warrants { nodes { necessity } } }")).not.toThrow();
  });
});
