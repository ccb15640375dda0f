import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createDatabase, databases, type TemporaryDatabase } from "../kit/databases.js";
import { type Answer, type Rogatory, startRogatory, storyMoment } from "../kit/start-rogatory.js";

const everything = /* GraphQL */ `
  query Everything($w: ID!, $user: ID!) @warrant(id: $w) {
    user(id: $user) {
      handle
      legalName
      email
      phone
      dateOfBirth
      postalAddress
      ipAddresses(first: 2) { nodes { address port seenAt } }
      sessions(first: 1) { nodes { startedAt address userAgent } }
      messages(first: 1) { nodes { body counterpart { handle } } }
    }
  }
`;

const judges = {
  FR: { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" },
  DE: { role: "JUDICIAL", country: "DE", authority: "de-ag-berlin" },
  GB: { role: "JUDICIAL", country: "GB", authority: "gb-cc-london" },
  IN: { role: "JUDICIAL", country: "IN", authority: "in-dc-delhi" },
  RU: { role: "JUDICIAL", country: "RU", authority: "ru-ms-moscow" },
} as const;

/** Code, category, rule and path of every denial, in the order of the answer. */
function denials(answer: Answer): readonly unknown[] {
  return (answer.body.errors ?? []).map(({ path, extensions: { code, decision } }) => {
    expect(code).toBe("UNAUTHORIZED_FIELD_OR_TYPE");
    return { path, code: decision.code, category: decision.category, rule: decision.rule };
  });
}

function reasonAt(answer: Answer, field: string): string {
  const error = (answer.body.errors ?? []).find(({ path }) => path?.includes(field));
  return error?.extensions.decision.reason ?? "";
}

describe.each(databases)("the stories, on the %s database, at 2026-11-23", (kind) => {
  let rogatory: Rogatory;
  let database: TemporaryDatabase | undefined;

  beforeAll(async () => {
    database = kind === "server" ? await createDatabase() : undefined;
    rogatory = await startRogatory({
      now: storyMoment,
      ...(database === undefined ? {} : { databaseUrl: database.url }),
    });
  });
  afterAll(async () => {
    await rogatory?.stop();
    await database?.drop();
  });

  async function askAs(country: keyof typeof judges, warrant: string, user: string): Promise<Answer> {
    return rogatory.ask(await rogatory.token(judges[country]), everything, { w: warrant, user });
  }

  test("France, hate speech (one year): who it was and from which address, but not traffic and not content", async () => {
    const answer = await askAs("FR", "warrant-fr-quiet-heron", "u01");
    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({
      user: {
        handle: "quiet.heron",
        legalName: "Specimen Person 01",
        email: "specimen-01@mail.example",
        phone: "+15550100001",
        dateOfBirth: "1971-02-11",
        postalAddress: "1 Specimen Street, FR-100001",
        ipAddresses: {
          nodes: [
            { address: "198.51.100.16", port: 40100, seenAt: "2026-09-02T09:00:00.000Z" },
            { address: "198.51.100.17", port: 40101, seenAt: "2026-09-12T09:07:00.000Z" },
          ],
        },
        sessions: null,
        messages: null,
      },
    });
    expect(denials(answer)).toEqual([
      { path: ["user", "sessions"], code: "NATIONAL_PRECONDITION", category: "TRAFFIC", rule: "R-FR-60-1-2" },
      { path: ["user", "messages"], code: "OFFENCE_BELOW_THRESHOLD", category: "CONTENT", rule: expect.anything() },
    ]);
    expect(reasonAt(answer, "sessions")).toMatch(/60-1-2/);
    expect(reasonAt(answer, "messages")).toMatch(/R-EE-CONTENT|three years|3 years/i);
    expect(answer.headers.get("cache-control")).toBe("no-store, private");
    expect(answer.body.extensions.disclosure.warrant).toBe("warrant-fr-quiet-heron");
    expect(answer.body.extensions.disclosure.receipts).toHaveLength(1);
    expect(answer.body.extensions.disclosure.withheld).toHaveLength(2);
  });

  test("Germany, section 130 (five years), person at home: all four categories", async () => {
    const answer = await askAs("DE", "warrant-de-brave-badger", "u02");
    expect(answer.body.errors).toBeUndefined();
    expect(answer.body.data).toEqual({
      user: {
        handle: "brave.badger",
        legalName: "Specimen Person 02",
        email: "specimen-02@mail.example",
        phone: "+15550100002",
        dateOfBirth: "1972-03-12",
        postalAddress: "2 Specimen Street, DE-100002",
        ipAddresses: {
          nodes: [
            { address: "203.0.113.32", port: 40200, seenAt: "2026-09-03T10:00:00.000Z" },
            { address: "203.0.113.33", port: 40201, seenAt: "2026-09-13T10:07:00.000Z" },
          ],
        },
        sessions: {
          nodes: [
            {
              startedAt: "2026-09-03T10:00:00.000Z",
              address: "203.0.113.32",
              userAgent: "SpecimenBrowser/2.0",
            },
          ],
        },
        messages: {
          nodes: [{ body: "Specimen message 1 of brave.badger", counterpart: { handle: "amber.falcon" } }],
        },
      },
    });
  });

  test("Germany, person in France: traffic and content are held for 240 hours from issue", async () => {
    const answer = await askAs("DE", "warrant-de-amber-falcon", "u03");
    expect(answer.body.data.user).toMatchObject({
      legalName: "Specimen Person 03",
      ipAddresses: { nodes: [{ address: "192.0.2.48" }, { address: "192.0.2.49" }] },
      sessions: null,
      messages: null,
    });
    expect(denials(answer)).toEqual([
      { path: ["user", "sessions"], code: "HELD", category: "TRAFFIC", rule: "R-EE-TRAFFIC" },
      { path: ["user", "messages"], code: "HELD", category: "CONTENT", rule: "R-EE-CONTENT" },
    ]);
    expect(reasonAt(answer, "sessions")).toMatch(/Held until 2026-12-0\dT.*enforcing authority/);
  });

  test("the same order issued on 10 November: the hold is over, everything is disclosed", async () => {
    const answer = await askAs("DE", "warrant-de-amber-falcon-early", "u03");
    expect(answer.body.errors).toBeUndefined();
    expect(answer.body.data.user.sessions.nodes).toEqual([
      { startedAt: "2026-09-04T11:00:00.000Z", address: "192.0.2.48", userAgent: "SpecimenBrowser/3.0" },
    ]);
    expect(answer.body.data.user.messages.nodes[0].body).toBe("Specimen message 1 of amber.falcon");
  });

  test("United Kingdom, terrorism, under the agreement with the United States: permitted", async () => {
    const answer = await askAs("GB", "warrant-gb-silver-otter", "u04");
    expect(answer.body.errors).toBeUndefined();
    expect(answer.body.data.user).toMatchObject({
      legalName: "Specimen Person 04",
      messages: { nodes: [{ body: "Specimen message 1 of silver.otter" }] },
    });
  });

  test("the same against a US national: a condition about the person, never which", async () => {
    const answer = await askAs("GB", "warrant-gb-golden-plover", "u05");
    expect(answer.body.data.user).toEqual({
      handle: "golden.plover",
      legalName: null,
      email: null,
      phone: null,
      dateOfBirth: null,
      postalAddress: null,
      ipAddresses: null,
      sessions: null,
      messages: null,
    });
    expect(new Set((answer.body.errors ?? []).map((error) => error.extensions.decision.code))).toEqual(
      new Set(["PERSON_CONDITION"]),
    );
    const reason = reasonAt(answer, "legalName");
    expect(reason).toMatch(/a condition about the person is not met or not known/i);
    expect(reason).toMatch(/mutual legal assistance/i);
    expect(JSON.stringify(answer.body)).not.toMatch(/nationality|national\b|citizen/i);
  });

  test("India: no agreement; mutual legal assistance is the way", async () => {
    const answer = await askAs("IN", "warrant-in-jade-tortoise", "u08");
    expect(answer.body.data.user.legalName).toBeNull();
    expect(answer.body.errors).toHaveLength(8);
    expect(reasonAt(answer, "legalName")).toMatch(/mutual legal assistance/i);
  });

  test("Russia: nothing is disclosed; only letters rogatory, on which Ireland decides", async () => {
    const answer = await askAs("RU", "warrant-ru-crimson-kite", "u09");
    expect(answer.body.errors).toHaveLength(8);
    expect(JSON.stringify(answer.body.data)).not.toMatch(/Specimen Person|specimen-09/);
    expect(reasonAt(answer, "legalName")).toMatch(/letters rogatory/i);
    expect(reasonAt(answer, "legalName")).toMatch(/Ireland/);
  });

  test("a list of posts by two authors under a warrant that names one: the other is null with an error each", async () => {
    const query = /* GraphQL */ `
      query ($w: ID!) @warrant(id: $w) {
        posts(filter: { ids: ["u01-p1", "u02-p1", "u02-p2"] }) { nodes { id author { handle legalName } } }
      }
    `;
    const answer = await rogatory.ask(await rogatory.token(judges.FR), query, { w: "warrant-fr-quiet-heron" });
    const authors = Object.fromEntries(
      answer.body.data.posts.nodes.map((post: { id: string; author: unknown }) => [post.id, post.author]),
    );
    expect(authors).toEqual({
      "u01-p1": { handle: "quiet.heron", legalName: "Specimen Person 01" },
      "u02-p1": { handle: "brave.badger", legalName: null },
      "u02-p2": { handle: "brave.badger", legalName: null },
    });
    expect((answer.body.errors ?? []).map((error) => error.extensions.decision.code)).toEqual([
      "SUBJECT_NOT_NAMED",
      "SUBJECT_NOT_NAMED",
    ]);
    expect(answer.body.extensions.disclosure.receipts).toHaveLength(2);
  });
});
