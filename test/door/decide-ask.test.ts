import { describe, expect, test } from "@jest/globals";
import type { Circumstances } from "../../gateway/door/circumstances.js";
import { type Access } from "../../gateway/door/decide-access.js";
import { decideAsk, openDecisions } from "../../gateway/door/decide-ask.js";
import type { Ask } from "../../gateway/door/types.js";
import type { DoorItem, DoorTarget, DoorWarrant } from "../../gateway/door/warrant.js";
import { berlin, circumstances, field, subject, warrant } from "./circumstances.js";

const now = new Date("2026-11-23T10:00:00.000Z");
const same = (access: Access): Access => access;

/** A warrant that says of each of its persons something else, and of some the same. */
function manifold(of: DoorWarrant): DoorWarrant {
  const believed: readonly DoorTarget["believed"][] = [
    { residence: "FR" },
    { residence: "FR", nationality: "FR", locatedIn: null },
    { residence: "DE", protectedRole: "JOURNALIST" },
    { residence: "DE", protectedRole: "JOURNALIST" },
    { residence: "US", nationality: "US" },
  ];
  const states: readonly Pick<DoorItem, "status" | "heldUntil" | "cleared">[] = [
    { status: "ACCEPTED", heldUntil: null, cleared: false },
    { status: "ACCEPTED", heldUntil: "2026-12-01T00:00:00.000Z", cleared: false },
    { status: "ACCEPTED", heldUntil: "2026-12-01T00:00:00.000Z", cleared: true },
    { status: "REFUSED", heldUntil: null, cleared: false },
  ];
  const persons = believed.flatMap((each) => states.map((state) => ({ believed: each, state })));
  const targets = persons.map(({ believed: each }, place) => ({
    ...(of.targets[0] as DoorTarget),
    id: `target-${place}`,
    accountId: `u${place}`,
    believed: each,
  }));
  const items = persons.flatMap(({ state }, place) =>
    of.categories.flatMap((category) =>
      // Of the last person nothing is ordered that is content.
      category === "CONTENT" && place === persons.length - 1
        ? []
        : [{ ...state, id: `${category}-${place}`, targetId: `target-${place}`, category }],
    ),
  );
  return { ...of, categories: ["SUBSCRIBER", "USER_IDENTIFICATION", "CONTENT"], targets, items };
}

const about = [
  {},
  { residence: null },
  { residence: "US", nationality: "US", locatedIn: "US" },
  { protectedRole: "LAWYER" },
  { providerCountry: "US" },
  { providerCountry: "XX" },
] as const;

function questions({ targets }: DoorWarrant): readonly Ask[] {
  const fields = [
    field("SUBSCRIBER"),
    { ...field("SUBSCRIBER"), coordinate: "User.other", field: "other" },
    field("USER_IDENTIFICATION", "seenAt"),
    field("USER_IDENTIFICATION"),
    field("TRAFFIC", "seenAt"),
    field("CONTENT"),
  ];
  const persons = [...targets.map(({ accountId }) => String(accountId)), "nobody's target"];
  return fields.flatMap((of) => [
    { field: of, entityType: "Org", entityId: "o1", subject: null },
    ...persons.flatMap((id) =>
      about.map((facts) => ({ field: of, entityType: "User", entityId: id, subject: subject(facts, id) })),
    ),
  ]);
}

describe("persons decided together", () => {
  test.each<[string, DoorWarrant, Partial<Circumstances>]>([
    ["of Paris", warrant, {}],
    ["of Berlin", berlin, {}],
    ["in a dry run", berlin, { dryRun: true }],
    ["without a period", { ...berlin, period: null }, {}],
    ["revoked", { ...berlin, status: "REVOKED" }, {}],
    ["with a law that could not be read", berlin, { unreadable: true, book: undefined }],
    ["that nobody knows", berlin, { warrant: undefined }],
  ])("have each the answer that she has alone: a warrant %s", (_name, of, changes) => {
    const many = manifold(of);
    const under = circumstances({ of: many, now, ...changes });
    const decide = openDecisions(under, same);
    const asks = questions(many);
    for (const ask of asks) expect([ask, decide(ask)]).toEqual([ask, decideAsk(under, ask)]);
    // The other way round, nobody has the answer of her who came first.
    const backwards = openDecisions(under, same);
    for (const ask of [...asks].reverse()) expect([ask, backwards(ask)]).toEqual([ask, decideAsk(under, ask)]);
  });

  test("share one answer where the warrant says the same and the same is known of them", () => {
    const many = manifold(berlin);
    const given: Access[] = [];
    const decide = openDecisions(circumstances({ of: many }), (access) => {
      given.push(access);
      return access;
    });
    const ask = (id: string, facts = {}): Ask => ({
      ...{ field: field("SUBSCRIBER"), entityType: "User", entityId: id },
      subject: subject(facts, id),
    });
    expect(decide(ask("u8"))).toBe(decide(ask("u12")));
    expect(decide(ask("u8"))).not.toBe(decide(ask("u8", { residence: "DE" })));
    expect(given).toHaveLength(2);
  });

  test("an answer to a search is nobody's answer to a field", () => {
    const email = { kind: "EMAIL", email: "someone@mail.example" } as const;
    const searching: DoorWarrant = {
      ...berlin,
      targets: [{ ...(berlin.targets[0] as DoorTarget), accountId: null, named: email }],
    };
    const decide = openDecisions(circumstances({ of: searching }), same);
    const asked = { field: field("SUBSCRIBER"), entityType: "User", entityId: "u02", subject: subject({}, "u02") };
    expect(decide({ ...asked, search: email }).recorded.permitted).toBe(true);
    expect(decide(asked).recorded.code).toBe("SUBJECT_NOT_NAMED");
    const other = { kind: "EMAIL", email: "someone.else@mail.example" } as const;
    expect(decide({ ...asked, search: other }).recorded.code).toBe("SUBJECT_NOT_NAMED");
  });
});
