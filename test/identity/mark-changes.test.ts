import { describe, expect, test } from "@jest/globals";
import {
  readConfirmedChanges,
  staleConfirmations,
  unconfirmedChanges,
} from "../../schema/identity/confirmed-changes.js";
import { markedFields } from "../../schema/identity/mark-changes.js";
import { readSubgraph, type Subgraph } from "../../schema/identity/subgraph.js";
import { demoWith, type Edits } from "./fixtures/plant.js";

const subscriber = "@identity(category: SUBSCRIBER)";
const emailSdl = `email: EmailAddress ${subscriber}`;
const fields = (edits: Edits = {}) => markedFields(demoWith(edits).map((source) => readSubgraph(source) as Subgraph));
const committed = fields();
const platform = (...edits: (readonly [string, string])[]): Edits => ({ platform: edits });
const entry = (coordinate: string, from: string, to: string) => ({
  coordinate,
  from,
  to,
  by: "Ada Example",
  why: "the mailbox of an office",
  date: "2026-11-24",
});
const write = (coordinate: string, from: string, to: string): string =>
  `Write it back, or confirm the change in confirmed-changes.json, beside the SDL: {"coordinate":"${coordinate}","from":${JSON.stringify(from)},"to":${JSON.stringify(to)},"by":"…","why":"…","date":"YYYY-MM-DD"}`;

const removedBody = '@identity(category: CONTENT, subject: "author")';
const sessions = '@identity(category: TRAFFIC, at: "startedAt")';
const changes = [
  {
    what: "a mark that is lost",
    edits: platform([emailSdl, "email: EmailAddress"]),
    at: "User.email",
    from: subscriber,
    to: "unmarked",
    says: `User.email had ${subscriber} and is unmarked now`,
  },
  {
    what: "a mark that is lost for a reason in writing",
    edits: platform([emailSdl, 'email: EmailAddress @public(reason: "the mailbox of an office")']),
    at: "User.email",
    from: subscriber,
    to: "unmarked",
    says: `User.email had ${subscriber} and is unmarked now`,
  },
  {
    what: "another category",
    edits: platform([emailSdl, "email: EmailAddress @identity(category: USER_IDENTIFICATION)"]),
    at: "User.email",
    from: subscriber,
    to: "@identity(category: USER_IDENTIFICATION)",
    says: `User.email had ${subscriber} and is @identity(category: USER_IDENTIFICATION) now`,
  },
  {
    what: "another subject",
    edits: platform([
      `removedBody: String ${removedBody}`,
      'removedBody: String @identity(category: CONTENT, subject: "editor")',
    ]),
    at: "Post.removedBody",
    from: removedBody,
    to: '@identity(category: CONTENT, subject: "editor")',
    says: `Post.removedBody had ${removedBody} and is @identity(category: CONTENT, subject: "editor") now`,
  },
  {
    what: "no time any more, so that no period binds its rows",
    edits: platform([sessions, "@identity(category: TRAFFIC)"]),
    at: "User.sessions",
    from: sessions,
    to: "@identity(category: TRAFFIC)",
    says: `User.sessions had ${sessions} and is @identity(category: TRAFFIC) now`,
  },
  {
    what: "a field that went to another type without its mark",
    edits: platform(
      [`  ${emailSdl}\n`, ""],
      ["type Jurisdiction", "type Contact { email: EmailAddress } type Jurisdiction"],
    ),
    at: "User.email",
    from: subscriber,
    to: "removed",
    says: `User.email had ${subscriber} and is removed, while there is Contact.email without a mark`,
  },
  {
    what: "a type that was renamed without its marks",
    edits: {
      ...platform([`  ${emailSdl}\n`, ""]),
      audit: [["type FieldAccess {", 'type Person @key(fields: "id") { id: ID! email: String } type FieldAccess {']],
    } as Edits,
    at: "User.email",
    from: subscriber,
    to: "removed",
    says: `User.email had ${subscriber} and is removed, while there is Person.email without a mark`,
  },
];

describe("a committed mark is not lost unseen", () => {
  test.each(changes)("$what", ({ edits, at, from, to, says }) => {
    const after = fields(edits);
    const finding = {
      subgraph: "platform",
      coordinate: at,
      rule: "mark-change",
      message: `${says}. ${write(at, from, to)}`,
    };
    expect(unconfirmedChanges(committed, after, [])).toEqual([finding]);
    const confirmed = [entry(at, from, to)];
    expect(unconfirmedChanges(committed, after, confirmed)).toEqual([]);
    expect(staleConfirmations(after, confirmed)).toEqual([]);
  });

  test.each([
    ["another field", entry("User.legalName", subscriber, "unmarked")],
    ["another mark than there was", entry("User.email", "@identity(category: CONTENT)", "unmarked")],
    ["another outcome", entry("User.email", subscriber, "@identity(category: CONTENT)")],
  ])("a confirmation of %s confirms nothing", (_what, confirmation) => {
    const after = fields(platform([emailSdl, "email: EmailAddress"]));
    expect(unconfirmedChanges(committed, after, [confirmation]).map(({ coordinate }) => coordinate)).toEqual([
      "User.email",
    ]);
  });

  test.each([
    ["nothing changed", {}],
    [
      "a mark is written in another order",
      platform([sessions, '@identity(at: "startedAt", subject: null, category: TRAFFIC)']),
    ],
    ["a mark is new", platform(["handle: String!\n", `handle: String ${subscriber}\n`])],
    ["identity data is gone whole, and nothing of its name came", platform([`  ${emailSdl}\n`, ""])],
    [
      "a field is moved within its type",
      platform([`  ${emailSdl}\n`, ""], ["  handle: String!\n", `  handle: String!\n  ${emailSdl}\n`]),
    ],
  ])("nothing is to be confirmed where %s", (_what, edits) =>
    expect(unconfirmedChanges(committed, fields(edits as Edits), [])).toEqual([]),
  );

  test("an open field of that name that was committed beside it is no heir of it", () => {
    const both: Edits = { audit: [["type FieldAccess {", "type Office { email: String } type FieldAccess {"]] };
    const after = fields({ ...both, ...platform([`  ${emailSdl}\n`, ""]) });
    expect(unconfirmedChanges(fields(both), after, [])).toEqual([]);
  });
});

describe("a change over several steps", () => {
  const traffic = "@identity(category: TRAFFIC)";
  const steps = [entry("User.email", subscriber, traffic), entry("User.email", traffic, "unmarked")];
  const open = fields(platform([emailSdl, "email: EmailAddress"]));

  test("is confirmed by all of them together, for who saw the first and for who saw the last", () => {
    expect(unconfirmedChanges(committed, open, steps)).toEqual([]);
    const between = fields(platform([emailSdl, `email: EmailAddress ${traffic}`]));
    expect(unconfirmedChanges(between, open, steps)).toEqual([]);
    expect(staleConfirmations(open, steps)).toEqual([]);
  });

  test("is not confirmed by an earlier step that was taken back since", () => {
    const taken = [entry("User.email", subscriber, traffic), entry("User.email", traffic, subscriber)];
    const again = fields(platform([emailSdl, `email: EmailAddress ${traffic}`]));
    expect(unconfirmedChanges(committed, again, taken).map(({ coordinate }) => coordinate)).toEqual(["User.email"]);
  });

  test("has no gap", () => {
    expect(
      staleConfirmations(open, [entry("User.email", subscriber, "@identity(category: CONTENT)"), ...steps.slice(1)]),
    ).toEqual([
      {
        subgraph: "confirmed-changes.json",
        coordinate: "User.email",
        rule: "confirmed-changes",
        message: `It confirms that User.email goes from ${subscriber} to @identity(category: CONTENT), and then from ${traffic} to unmarked. Write what happened between, or remove one`,
      },
    ]);
  });
});

describe("a confirmation that names no change is refused", () => {
  test.each([
    ["one for a day to come", "User.email", "unmarked", subscriber],
    ["one of a field that there never was", "User.emial", "unmarked", "removed"],
    ["one of the removal of what never was", "User.emial", "removed", "removed"],
    ["one of a removal that did not happen", "User.email", "removed", subscriber],
    ["one of another category than was written", "User.email", "@identity(category: CONTENT)", subscriber],
  ])("%s", (_what, coordinate, to, state) => {
    expect(staleConfirmations(committed, [entry(coordinate, "@identity(category: TRAFFIC)", to)])).toEqual([
      {
        subgraph: "confirmed-changes.json",
        coordinate,
        rule: "confirmed-changes",
        message: `It confirms that ${coordinate} goes from @identity(category: TRAFFIC) to ${to}, but the field is ${state}. Remove the confirmation: it names no change`,
      },
    ]);
  });
});

const good = entry("User.email", subscriber, "unmarked");
describe("the file of confirmations", () => {
  test("is a list of entries, each with who, why and when", () =>
    expect(readConfirmedChanges(JSON.stringify([good]))).toEqual({ confirmed: [good] }));
  test.each([
    ["no JSON", "{", "It is no JSON. Write a list: []"],
    ["no list", "{}", "It is no list. Write a list: []"],
    [
      "an entry without a reason",
      JSON.stringify([{ ...good, why: "" }]),
      "It needs exactly the texts coordinate, from, to, by, why, date",
    ],
    [
      "an entry that nobody signed",
      JSON.stringify([{ ...good, by: undefined }]),
      "It needs exactly the texts coordinate, from, to, by, why, date",
    ],
    [
      "an entry with more than is read",
      JSON.stringify([{ ...good, until: "ever" }]),
      "It needs exactly the texts coordinate, from, to, by, why, date",
    ],
    ["a text", '["User.email"]', "It needs exactly the texts coordinate, from, to, by, why, date"],
    ["a reason of a word", JSON.stringify([{ ...good, why: "needed" }]), 'Its why is "needed". Write a sentence'],
    [
      "a day that no calendar has",
      JSON.stringify([{ ...good, date: "2026-02-30" }]),
      'Its date is "2026-02-30". Write the day as YYYY-MM-DD',
    ],
    [
      "a day in another style",
      JSON.stringify([{ ...good, date: "24.11.2026" }]),
      'Its date is "24.11.2026". Write the day as YYYY-MM-DD',
    ],
    [
      "an entry of a mark that was not there",
      JSON.stringify([{ ...good, from: "unmarked", to: subscriber }]),
      `It confirms that User.email goes from unmarked to ${subscriber}. Only a mark that is lost or changed is confirmed: from: "@identity(…)"`,
    ],
  ])("is refused with %s", (_what, text, says) => {
    const read = readConfirmedChanges(text);
    expect("findings" in read && read.findings.map(({ message }) => message)).toEqual([says]);
  });
});
