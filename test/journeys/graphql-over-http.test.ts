import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { serverAudits } from "graphql-http";
import { type Rogatory, startRogatory, storyMoment } from "../kit/start-rogatory.js";

/**
 * Where we do otherwise than the audit suite of graphql-http would have it, on purpose, by the audit's id. All three say the same: under `accept:
 * application/json` a document that is never executed should be answered with 200. A client's mistake is 4xx here, whatever she accepts, so that a proxy, a log
 * and a client that looks at the status alone see it. The specification leaves it open: a SHOULD (GraphQL over HTTP, status codes of application/json).
 */
const deliberate: Readonly<Record<string, string>> = {
  "572B": "a text that does not parse is 400",
  FDE2: "a text that is not valid is 400",
  "7B9B": "a variable that cannot be coerced is 400",
};

let rogatory: Rogatory;
beforeAll(async () => {
  rogatory = await startRogatory({ now: storyMoment });
});
afterAll(async () => {
  await rogatory?.stop();
});

test("GraphQL over HTTP, as the audits of graphql-http understand it: nothing but deliberate findings", async () => {
  const token = await rogatory.token({ role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" });
  const audits = serverAudits({
    url: `${rogatory.url}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, {
        ...init,
        headers: { ...Object.fromEntries(new Headers(init.headers)), authorization: `Bearer ${token}` },
      }),
  });
  const results = await Promise.all(audits.map(({ fn }) => fn()));
  expect(results).toHaveLength(60);
  const found = results.filter(({ status }) => status !== "ok");
  expect(found.map((result) => `${result.id} ${"reason" in result ? result.reason : ""}`).sort()).toEqual(
    Object.keys(deliberate)
      .map((id) => `${id} Response status code is not 200`)
      .sort(),
  );
});
