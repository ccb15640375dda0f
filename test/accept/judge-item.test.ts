import { describe, expect, test } from "@jest/globals";
import { acceptDue } from "../../gateway/accept/accept-due.js";
import { judgeItem } from "../../gateway/accept/judge-item.js";
import type { DoorWarrant } from "../../gateway/door/warrant.js";
import type { KnownFacts } from "../../schema/calls.js";
import type { SubjectFacts } from "../../schema/law/question.js";
import type { DataCategory } from "../../schema/law/vocabulary.js";
import { berlin, now, subject, warrant } from "../door/circumstances.js";
import { book } from "../law/book.js";

const { facts: paris } = subject();

/** The verdict about the person of a target under an order that waits for the provider. */
function judge(
  of: DoorWarrant,
  category: DataCategory,
  { believed = { residence: "FR" }, facts = paris }: { believed?: SubjectFacts; facts?: KnownFacts | null } = {},
): string {
  const ordered = { ...of, status: "ISSUED", items: of.items.map((item) => ({ ...item, status: "ORDERED" })) };
  const item = ordered.items.find((one) => one.category === category);
  const [target] = ordered.targets;
  if (!item || !target) throw new Error("the warrant has no such item");
  const covered = { warrant: ordered, item, target: { ...target, believed }, facts, now, book };
  return judgeItem(covered) ?? "nothing asks for a person";
}
const nothing = "nothing asks for a person";

describe("what the law compels without a hold, about a person who is as declared", () => {
  test.each<[string, DoorWarrant, DataCategory, Parameters<typeof judge>[2]]>([
    ["identification data of a person in France", warrant, "SUBSCRIBER", {}],
    [
      "with all that is known declared",
      warrant,
      "USER_IDENTIFICATION",
      { believed: { residence: "FR", nationality: "FR", locatedIn: "FR" } },
    ],
    [
      "a nationality that nobody declared and the law does not ask for",
      warrant,
      "SUBSCRIBER",
      { facts: { ...paris, nationality: "DE" } },
    ],
    ["or that nobody knows", warrant, "SUBSCRIBER", { facts: { ...paris, nationality: null, locatedIn: null } }],
  ])("%s: nothing asks for a person", (_, of, category, how) => {
    expect(judge(of, category, how)).toBe(nothing);
  });
});

describe("a person decides", () => {
  test.each<[string, Parameters<typeof judge>[2]]>([
    ["where another residence is known", { facts: { ...paris, residence: "DE" } }],
    ["where the residence is not known", { facts: { ...paris, residence: null } }],
    ["where it was not declared", { believed: {} }],
    ["where another nationality is known than was declared", { believed: { residence: "FR", nationality: "DE" } }],
    [
      "where none is known",
      { believed: { residence: "FR", nationality: "FR" }, facts: { ...paris, nationality: null } },
    ],
    ["where she is somewhere else than was declared", { believed: { residence: "FR", locatedIn: "IE" } }],
    ["where a protected role is known that nobody declared", { facts: { ...paris, protectedRole: "JOURNALIST" } }],
    ["where a declared one is not known", { believed: { residence: "FR", protectedRole: "LAWYER" } }],
    [
      "where a declared one is known",
      { believed: { residence: "FR", protectedRole: "LAWYER" }, facts: { ...paris, protectedRole: "LAWYER" } },
    ],
    [
      "where another establishment answers for her, and the law decides otherwise",
      { facts: { ...paris, providerCountry: "US" } },
    ],
    ["where the target names nobody, or somebody else than at the draft", { facts: null }],
  ])("%s", (_, how) => {
    expect(judge(warrant, "SUBSCRIBER", how)).toBe("PERSON");
  });

  test.each<[string, DoorWarrant, DataCategory, Parameters<typeof judge>[2]]>([
    ["what the law bars", warrant, "TRAFFIC", {}],
    ["what is held", berlin, "TRAFFIC", { believed: { residence: "FR" } }],
    ["what nothing compels", { ...warrant, country: "IN", offenceCodes: ["X-HATE"] }, "SUBSCRIBER", {}],
    ["an emergency", { ...warrant, emergency: true, authorityKind: "POLICE" }, "SUBSCRIBER", {}],
    ["what only freezes", { ...warrant, kind: "PRESERVATION" }, "SUBSCRIBER", {}],
  ])("%s is not compelled without a hold", (_, of, category, how) => {
    expect(judge(of, category, how)).toBe("NOT_COMPULSORY");
  });

  test.each<[string, Partial<DoorWarrant>]>([
    ["changed after its issue", { asIssued: false }],
    ["without a signature that holds, or under a revoked key", { authentic: false }],
  ])("an order %s is not authentic", (_, change) => {
    expect(judge({ ...warrant, ...change }, "SUBSCRIBER")).toBe("NOT_AUTHENTIC");
  });
});

test("a look asks the platform for whom the targets name, and tells justice of each item nothing but whether a person is needed", async () => {
  const second = {
    id: "target-2",
    kind: "HANDLE",
    value: "brave.badger",
    accountId: "u02",
    believed: { residence: "FR" },
  };
  const unresolved = { id: "target-3", kind: "EMAIL", value: "a@mail.example", accountId: null, believed: {} };
  const item = { category: "SUBSCRIBER", status: "ORDERED", heldUntil: null, cleared: false } as const;
  const order: DoorWarrant = {
    ...warrant,
    status: "ISSUED",
    targets: [...warrant.targets, second, unresolved],
    items: ["target-1", "target-2", "target-3"].map((targetId, place) => ({
      ...item,
      id: `item-${place + 1}`,
      targetId,
    })),
  };
  const asked: [string, unknown][] = [];
  const accepted = await acceptDue({
    loadWarrant: async () => order,
    ruleBook: async () => book,
    clock: () => now,
    async ask(service, query, variables) {
      asked.push([service, variables]);
      if (service === "platform")
        return { namedAccounts: [{ jurisdiction: paris }, { jurisdiction: { ...paris, residence: "DE" } }] };
      if (!query.startsWith("mutation"))
        return { dueAcceptances: [{ warrantId: order.id, itemIds: ["item-1", "item-2", "item-3", "item-4"] }] };
      return { acceptByPolicy: 1 };
    },
  });
  expect(accepted).toBe(1);
  expect(asked).toEqual([
    ["justice", {}],
    [
      "platform",
      {
        targets: [
          { platform: "FACEBOOK", kind: "HANDLE", value: "quiet.heron", accountId: "u01" },
          { platform: "FACEBOOK", kind: "HANDLE", value: "brave.badger", accountId: "u02" },
        ],
      },
    ],
    [
      "justice",
      {
        warrantId: "warrant-1",
        items: [
          { id: "item-1", forPerson: null },
          { id: "item-2", forPerson: "PERSON" },
          { id: "item-3", forPerson: "PERSON" },
        ],
      },
    ],
  ]);
});

test("an order that cannot be looked at just now keeps no other one waiting, and is told", async () => {
  const told: unknown[] = [];
  const look = acceptDue({
    loadWarrant: async (id) => {
      if (id === "warrant-0") throw new Error("justice is gone");
      return { ...warrant, id, status: "ISSUED" };
    },
    ruleBook: async () => book,
    clock: () => now,
    async ask(service, query, variables) {
      if (service === "platform") return { namedAccounts: [{ jurisdiction: paris }] };
      if (query.startsWith("mutation")) told.push(variables.warrantId);
      return {
        dueAcceptances: ["warrant-0", "warrant-1"].map((warrantId) => ({ warrantId, itemIds: ["item-SUBSCRIBER"] })),
        acceptByPolicy: 1,
      };
    },
  });
  await expect(look).rejects.toThrow("justice is gone");
  expect(told).toEqual(["warrant-1"]);
});
