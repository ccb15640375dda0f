import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Answer, type Rogatory, startRogatory } from "../kit/start-rogatory.js";

/**
 * The seed of this project: on 25 June 2019 Facebook agreed to give French judges, and only French ones, identification data of users suspected of hate
 * speech. (Reported by the press; not published, not confirmed after 2019.)
 */
const who = /* GraphQL */ `
  query ($w: ID!) @warrant(id: $w) {
    user(id: "u01") { legalName ipAddresses { nodes { address seenAt } } }
  }
`;
const addressesOfMay = [
  { address: "198.51.100.28", seenAt: "2019-05-18T18:04:00.000Z" },
  { address: "198.51.100.29", seenAt: "2019-05-20T19:31:00.000Z" },
];
const paris = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
const berlin = { role: "JUDICIAL", country: "DE", authority: "de-ag-berlin" };

function codes(answer: Answer): readonly string[] {
  return (answer.body.errors ?? []).map((error) => error.extensions.decision.code);
}

describe.each([
  { day: "the day before", now: "2019-06-24T10:00:00Z", hateAnswered: false },
  { day: "the day", now: "2019-06-25T10:00:00Z", hateAnswered: true },
])("$day ($now)", ({ now, hateAnswered }) => {
  let rogatory: Rogatory;
  beforeAll(async () => {
    rogatory = await startRogatory({ now });
  });
  afterAll(async () => {
    await rogatory?.stop();
  });

  test(`hate speech, from Paris: ${hateAnswered ? "answered, with the two addresses of May" : "refused"}`, async () => {
    const answer = await rogatory.ask(await rogatory.token(paris), who, { w: "warrant-fr-hate-2019" });
    if (hateAnswered) {
      expect(answer.body.errors).toBeUndefined();
      expect(answer.body.data.user).toEqual({
        legalName: "Specimen Person 01",
        ipAddresses: { nodes: addressesOfMay },
      });
    } else {
      expect(answer.body.data.user).toEqual({ legalName: null, ipAddresses: null });
      expect((answer.body.errors ?? []).map((error) => error.extensions.decision.effect)).toEqual([
        "MLA_ONLY",
        "MLA_ONLY",
      ]);
      expect(codes(answer)).toEqual(["NOT_IN_FORCE", "NOT_IN_FORCE"]);
    }
  });

  test("hate speech, from Berlin: refused", async () => {
    const answer = await rogatory.ask(await rogatory.token(berlin), who, { w: "warrant-de-hate-2019" });
    expect(answer.body.data.user).toEqual({ legalName: null, ipAddresses: null });
    expect(answer.body.errors).toHaveLength(2);
  });

  test("terrorism, from Paris: answered on both days", async () => {
    const answer = await rogatory.ask(await rogatory.token(paris), who, { w: "warrant-fr-terror-2019" });
    expect(answer.body.errors).toBeUndefined();
    expect(answer.body.data.user).toEqual({ legalName: "Specimen Person 01", ipAddresses: { nodes: addressesOfMay } });
  });
});
