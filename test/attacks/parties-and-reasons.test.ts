import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Claims } from "../kit/start-rogatory.js";
import { type AsSeen, seeAsking } from "./kit/as-seen.js";
import { type Installation, openInstallation, type Told } from "./kit/installation.js";
import {
  auditor,
  berlin,
  engineer,
  facebook,
  identityValue,
  london,
  paris,
  parquet,
  quietHeron,
} from "./kit/people.js";
import { decisionsOf, errorsOf, operationOf } from "./kit/read-told.js";

let site: Installation;
beforeAll(async () => {
  site = await openInstallation();
});
afterAll(async () => {
  await site?.close();
});
beforeEach(() => site.reset());

const query =
  "query ($w: ID!, $id: ID!) @warrant(id: $w) { user(id: $id) { legalName email sessions { nodes { address } } messages { nodes { body } } } }";
const ask = (who: Claims, w: string, id: string, text = query): Promise<Told> =>
  site.ask(who, text, { variables: { w, id } });

type Facts = Readonly<Record<string, string | null>>;

/** What is known of a person, put in other words for the time of some work. */
async function whileKnown<T>(id: string, facts: Facts, work: () => Promise<T>): Promise<T> {
  const names = Object.keys(facts);
  const set = (values: Readonly<Record<string, unknown>>): Promise<unknown> =>
    site.sql(
      `update platform.users set ${names.map((name, index) => `${name} = $${index + 2}`).join(", ")} where id = $1`,
      [id, ...names.map((name) => values[name])],
    );
  const [before] = await site.sql(`select ${names.join(", ")} from platform.users where id = $1`, [id]);
  await set(facts);
  try {
    return await work();
  } finally {
    await set(before as Record<string, unknown>);
  }
}

describe("a denial looks the same, whatever lies behind it: the answer to the byte, the fetches, and the form of the records", () => {
  const lawSaysNo = (): Promise<Told> =>
    ask(
      paris,
      quietHeron,
      "u01",
      "query ($w: ID!, $id: ID!) @warrant(id: $w) { user(id: $id) { handle sessions { nodes { address } } messages { nodes { body } } } }",
    );

  test.each<[string, Facts]>([
    ["of another nationality", { nationality: "US" }],
    ["of no known nationality", { nationality: null }],
    ["residing elsewhere", { residence: "BR" }],
    ["served from another state", { provider_country: "US" }],
    ["located elsewhere, or nobody knows where", { located_in: null }],
    ["of a protected profession", { protected_role: "LAWYER" }],
    [
      "a member of parliament of whom nothing else is known",
      { protected_role: "PARLIAMENTARIAN", nationality: null, residence: null, located_in: null },
    ],
  ])("the law says no on what was declared: the person may be %s", async (_, facts) => {
    const plain = await seeAsking(site, lawSaysNo);
    expect(plain.answer).toContain("NATIONAL_PRECONDITION");
    expect(await whileKnown("u01", facts, () => seeAsking(site, lawSaysNo))).toEqual(plain);
  });

  test("the law says no: there may be rows, or none", async () => {
    const withRows = await seeAsking(site, lawSaysNo);
    await site.sql("update platform.sessions set user_id = 'u02' where user_id = 'u01'");
    await site.sql("update platform.messages set user_id = 'u02' where user_id = 'u01'");
    expect(await seeAsking(site, lawSaysNo)).toEqual(withRows);
  });

  test("a condition about the person: whichever it is, and whether it is unmet or unknown", async () => {
    const name = (): Promise<Told> =>
      ask(
        london,
        "warrant-gb-golden-plover",
        "u05",
        "query ($w: ID!, $id: ID!) @warrant(id: $w) { user(id: $id) { legalName } }",
      );
    const national = await seeAsking(site, name);
    expect(national.answer).toContain("PERSON_CONDITION");
    const others: readonly Facts[] = [
      { nationality: null },
      { nationality: "GB", located_in: "US" },
      { nationality: "GB", residence: "US" },
      { nationality: "US", protected_role: "JOURNALIST" },
      { nationality: "GB", provider_country: "IE" },
    ];
    for (const facts of others) expect(await whileKnown("u05", facts, () => seeAsking(site, name))).toEqual(national);
    const open = await whileKnown("u05", { nationality: "GB" }, () => name());
    expect(open.body.data.user.legalName).toBe("Specimen Person 05");
  });

  test("persons whom the warrant does not name: French, American, a journalist, one of another platform, one of whom no mail is kept", async () => {
    const names = ["u03", "u05", "u11", "u10"];
    const seen: AsSeen[] = [];
    for (const id of names) seen.push(await seeAsking(site, () => ask(paris, quietHeron, id), names));
    const [first, ...others] = seen;
    expect(first?.answer).toContain("SUBJECT_NOT_NAMED");
    for (const other of others) expect(other).toEqual(first);
    expect(
      await whileKnown("u03", { email: null, legal_name: null }, () =>
        seeAsking(site, () => ask(paris, quietHeron, "u03"), names),
      ),
    ).toEqual(first);
    expect(first?.fetches.filter((fetch) => fetch.includes(" true "))).toEqual([]);
  });

  test("without a warrant: every person alike, also one whom some warrant names", async () => {
    const text = "query ($id: ID!) { user(id: $id) { legalName ipAddresses { nodes { address } } } }";
    const bare = (id: string) => () => site.ask(paris, text, { variables: { id } });
    const [one, other] = [
      await seeAsking(site, bare("u01"), ["u01", "u06"]),
      await seeAsking(site, bare("u06"), ["u01", "u06"]),
    ];
    expect(one.answer).toContain("WARRANT_REQUIRED");
    expect(other).toEqual(one);
  });

  test("a post that was removed and one that was not, by persons who are not named", async () => {
    const posts = ["u02-p1", "u03-p1"];
    const removed = (id: string) => () =>
      ask(
        paris,
        quietHeron,
        id,
        "query ($w: ID!, $id: ID!) @warrant(id: $w) { posts(filter: { ids: [$id] }) { nodes { removedBody authorIp { address } } } }",
      );
    await site.sql("update platform.posts set removed_at = null where id = 'u03-p1'");
    await site.sql("update platform.posts set removed_at = now() where id = 'u02-p1'");
    const [one, other] = [
      await seeAsking(site, removed("u02-p1"), posts),
      await seeAsking(site, removed("u03-p1"), posts),
    ];
    expect(one.answer).toContain("SUBJECT_NOT_NAMED");
    expect(other).toEqual(one);
  });

  test("a dry run rests on what was declared: what is known of the person changes nothing in it", async () => {
    const dry = (): Promise<Told> =>
      ask(london, "warrant-gb-golden-plover", "u05", query.replace("id: $w)", "id: $w, dryRun: true)"));
    const plain = await seeAsking(site, dry);
    expect(plain.answer).toContain('"permitted":[{');
    const others: readonly Facts[] = [{ nationality: "GB" }, { protected_role: "LAWYER", residence: null }];
    for (const facts of others) expect(await whileKnown("u05", facts, () => seeAsking(site, dry))).toEqual(plain);
    expect(plain.fetches.filter((fetch) => fetch.includes(" true "))).toEqual([]);
  });

  test("an account that is not there is null, without an error, a decision, a record or a fetch: whether it is there is public", async () => {
    const told = await ask(paris, quietHeron, "u99");
    expect([told.status, told.body]).toEqual([200, { data: { user: null } }]);
    expect(site.wire.asked.filter(({ identity }) => identity)).toEqual([]);
  });
});

describe("the reason goes to the party of the warrant; everybody else reads one neutral sentence", () => {
  const warrants = [quietHeron, "warrant-nobody-has"];
  const neutral = "Withheld: The warrant named in the operation gives no access to this.";

  test.each<[string, Claims]>([
    ["a court of another state", berlin],
    ["another authority of the same state", parquet],
  ])("%s cannot tell a warrant of others from one that does not exist, whatever its state", async (_, who) => {
    const seen = [];
    for (const warrant of warrants) seen.push(await seeAsking(site, () => ask(who, warrant, "u01"), warrants));
    for (const status of ["DRAFT", "REVOKED", "EXPIRED", "CONTESTED"]) {
      await site.sql("update justice.warrants set status = $1 where id = $2", [status, quietHeron]);
      seen.push(await seeAsking(site, () => ask(who, quietHeron, "u01"), warrants));
    }
    await site.sql("update justice.warrants set status = 'ACCEPTED' where id = $1", [quietHeron]);
    expect(new Set(seen.map(({ answer }) => answer)).size).toBe(1);
    expect(new Set(seen.map(({ fetches }) => fetches.join("\n"))).size).toBe(1);
    expect(JSON.parse(seen[0]?.answer ?? "").errors.map(({ message }: { message: string }) => message)).toEqual([
      neutral,
      neutral,
      neutral,
      neutral,
    ]);
  });

  test.each<[string, Claims]>([
    ["the provider", facebook],
    ["an auditor", auditor],
    ["an engineer", engineer],
  ])("%s gets the role's sentence, with every warrant and with none; the warrant is not even read", async (_, who) => {
    const seen = [];
    for (const warrant of warrants) seen.push(await seeAsking(site, () => ask(who, warrant, "u01"), warrants));
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]?.fetches.filter((fetch) => fetch.startsWith("justice") || fetch.includes(" true "))).toEqual([]);
    const told = await ask(who, quietHeron, "u01");
    expect(errorsOf(told)).toEqual(
      ["legalName", "email", "sessions", "messages"].map((field) => `user.${field} UNAUTHORIZED_FIELD_OR_TYPE ROLE`),
    );
  });

  test("the log keeps what the client is not told: the person's condition under its own code and rule", async () => {
    const told = await ask(
      london,
      "warrant-gb-golden-plover",
      "u05",
      "query ($w: ID!, $id: ID!) @warrant(id: $w) { user(id: $id) { legalName } }",
    );
    const leaves = await site.leaves(operationOf(told));
    expect(decisionsOf(leaves)).toEqual(["u05 User.legalName PERSON_CONDITION"]);
    expect(told.bytes).not.toMatch(/national|"US"|resid/i);
  });
});

describe("a warrant opens what it says, when it says, for whom it says", () => {
  const text =
    "query ($w: ID!, $id: ID!) @warrant(id: $w) { user(id: $id) { email ipAddresses(first: 1) { nodes { address } } } }";
  const both = ["user.email", "user.ipAddresses"];
  const changedText = /not the one that was issued/;
  const changed: readonly (readonly [string, string, string, RegExp, readonly string[]])[] = [
    ["a draft", "warrants", "status = 'DRAFT'", /is a draft/, both],
    [
      "one that awaits validation: an authority cannot validate what it issued itself",
      "warrants",
      "status = 'AWAITING_VALIDATION'",
      /awaits validation/,
      both,
    ],
    ["one that the provider has not accepted", "warrants", "status = 'ISSUED'", /not accepted/, both],
    ["one that is contested", "warrants", "status = 'CONTESTED'", /contests the warrant/, both],
    ["one that was refused", "warrants", "status = 'REFUSED'", /refused the warrant/, both],
    ["one that is fulfilled", "warrants", "status = 'FULFILLED'", /fulfilled/, both],
    ["one that was revoked", "warrants", "status = 'REVOKED'", /revoked/, both],
    [
      "changed after issue: an order to preserve made one to produce",
      "warrants",
      "kind = 'PRESERVATION'",
      changedText,
      both,
    ],
    ["changed after issue: a later end", "warrants", "expires_at = '2030-01-01T00:00:00Z'", changedText, both],
    ["changed after issue: a longer period", "warrants", "period_from = '2000-01-01T00:00:00Z'", changedText, both],
    [
      "changed after issue: another category",
      "warrants",
      "categories = '{SUBSCRIBER,USER_IDENTIFICATION,TRAFFIC,CONTENT,CONTENT}'",
      changedText,
      both,
    ],
    [
      "changed after issue: the text alone",
      "warrants",
      "content = replace(content, 'FACEBOOK', 'FJORDNET')",
      changedText,
      both,
    ],
    ["changed after issue: the hash alone", "warrants", "content_hash = 'ff'", changedText, both],
    ["changed after issue: what is believed of the person", "warrant_targets", "residence = 'DE'", changedText, both],
    ["changed after issue: another handle", "warrant_targets", "value = 'brave.badger'", changedText, both],
    ["changed after issue: a graver offence", "cases", "offence_codes = '{FR-CP-421-2-5}'", changedText, both],
    ["one whose target was never resolved", "warrant_targets", "account_id = null", /does not name this person/, both],
    ["one that names somebody else", "warrant_targets", "account_id = 'u02'", /does not name this person/, both],
  ];
  test.each(changed)("%s", async (_, table, change, reason, paths) => {
    const [key, value] =
      table === "cases" ? ["id", "case-fr-hate"] : [table === "warrants" ? "id" : "warrant_id", quietHeron];
    const columns = change.split(" = ")[0] as string;
    const [before] = await site.sql(`select ${columns} as it from justice.${table} where ${key} = $1`, [value]);
    await site.sql(`update justice.${table} set ${change} where ${key} = $1`, [value]);
    const told = await ask(paris, quietHeron, "u01", text);
    await site.sql(`update justice.${table} set ${columns} = $2 where ${key} = $1`, [value, before?.it]);
    expect(told.bytes).not.toMatch(identityValue);
    expect(errorsOf(told).map((error) => error.split(" ").slice(0, 2).join(" "))).toEqual(
      paths.map((path) => `${path} UNAUTHORIZED_FIELD_OR_TYPE`),
    );
    for (const { message } of told.body.errors ?? []) expect(message).toMatch(reason);
    expect(site.wire.asked.filter(({ identity }) => identity)).toEqual([]);
    expect(decisionsOf(await site.leaves(operationOf(told)))).toHaveLength(2);
    expect((await ask(paris, quietHeron, "u01", text)).body.data.user.email).toBe("specimen-01@mail.example");
  });

  test("one item that the provider refused: its neighbour opens", async () => {
    const item =
      "update justice.warrant_items set status = $1 where warrant_id = $2 and category = 'USER_IDENTIFICATION'";
    await site.sql(item, ["REFUSED", quietHeron]);
    const told = await ask(paris, quietHeron, "u01", text);
    await site.sql(item, ["ACCEPTED", quietHeron]);
    expect(told.body.data.user).toEqual({ email: "specimen-01@mail.example", ipAddresses: null });
    expect(told.body.errors?.[0]?.message).toMatch(/refused this part/);
    expect(
      site.wire.asked
        .filter(({ identity }) => identity)
        .flatMap(({ scope }) => scope?.entities.flatMap(({ fields }) => fields)),
    ).toEqual(["email"]);
  });

  test("[from, to) to the millisecond: dead before it is issued and in the moment of its end, alive in between", async () => {
    const [warrant] = await site.sql("select issued_at, expires_at from justice.warrants where id = $1", [quietHeron]);
    const issued = new Date(String(warrant?.issued_at)).getTime();
    const end = new Date(String(warrant?.expires_at)).getTime();
    for (const [moment, reason] of [
      [issued - 1, /not in force yet/],
      [issued, null],
      [end - 1, null],
      [end, /has expired/],
    ] as const) {
      site.stopClock(new Date(moment));
      const told = await ask(
        paris,
        quietHeron,
        "u01",
        "query ($w: ID!, $id: ID!) @warrant(id: $w) { user(id: $id) { email } }",
      );
      if (reason === null) expect(told.body.data.user.email).toBe("specimen-01@mail.example");
      else {
        expect(told.body.data.user.email).toBeNull();
        expect(told.body.errors?.[0]?.message).toMatch(reason);
      }
    }
  });

  test("a category that was not ordered, and rows outside the period that was", async () => {
    const drafted = await site.ask(
      paris,
      'mutation { draftWarrant(input: { caseId: "case-fr-hate", platform: "FACEBOOK", categories: [USER_IDENTIFICATION], solePurposeIdentification: true, period: { from: "2026-09-12T00:00:00Z", to: "2026-09-13T00:00:00Z" }, targets: [{ kind: HANDLE, value: "quiet.heron", believed: { residence: "FR" } }] }) { warrant { id contentHash } } }',
    );
    const { id, contentHash: hash } = drafted.body.data.draftWarrant.warrant;
    for (const [who, act] of [
      [paris, "issueWarrant"],
      [facebook, "acceptWarrant"],
    ] as const)
      await site.ask(
        who,
        `mutation ($id: ID!, $hash: String!) { ${act}(input: { id: $id, contentHash: $hash }) { userErrors { code } } }`,
        { variables: { id, hash } },
      );
    const wide =
      'query ($w: ID!, $id: ID!) @warrant(id: $w) { user(id: $id) { email ipAddresses(first: 100, from: "2000-01-01T00:00:00Z", to: "2030-01-01T00:00:00Z") { nodes { seenAt } } } }';
    const told = await ask(paris, id, "u01", wide);
    expect(told.body.data.user).toEqual({
      email: null,
      ipAddresses: { nodes: [{ seenAt: "2026-09-12T09:07:00.000Z" }] },
    });
    expect(errorsOf(told)).toEqual(["user.email UNAUTHORIZED_FIELD_OR_TYPE CATEGORY_NOT_ORDERED"]);
  });

  test("the right authority under another state's name is nobody's", async () => {
    const told = await ask({ ...paris, country: "DE" }, quietHeron, "u01", text);
    expect(told.bytes).not.toMatch(identityValue);
    expect(errorsOf(told)).toEqual(both.map((path) => `${path} UNAUTHORIZED_FIELD_OR_TYPE WARRANT_NOT_USABLE`));
  });
});
