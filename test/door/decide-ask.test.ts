import { describe, expect, test } from "@jest/globals";
import type { Circumstances } from "../../gateway/door/circumstances.js";
import { type Access } from "../../gateway/door/decide-access.js";
import { decideAsk, openDecisions } from "../../gateway/door/decide-ask.js";
import type { Ask } from "../../gateway/door/types.js";
import type { DoorTarget, DoorWarrant } from "../../gateway/door/warrant.js";
import { berlin, circumstances, field, subject, warrant } from "./circumstances.js";

const now = new Date("2026-11-23T10:00:00.000Z");
const same = (access: Access): Access => access;

/** A warrant that says of each of its persons something else, and of the last two the same. */
function manifold(of: DoorWarrant): DoorWarrant {
  const accepted = { status: "ACCEPTED", heldUntil: null, cleared: false };
  const held = { ...accepted, heldUntil: "2026-12-01T00:00:00.000Z" };
  const believed: readonly DoorTarget["believed"][] = [
    { residence: "FR", nationality: "FR" },
    { residence: "FR", locatedIn: "US" },
    { residence: "DE" },
    { residence: "DE", protectedRole: "JOURNALIST" },
    { residence: "DE", protectedRole: "JOURNALIST" },
  ];
  const states = [accepted, held, { ...held, cleared: true }, { ...accepted, status: "REFUSED" }];
  const persons = [
    ...states.map((state) => ({ believed: { residence: "FR" }, state })),
    ...believed.map((each) => ({ believed: each, state: accepted })),
  ];
  const targets = persons.map(({ believed: each }, place) => ({
    ...(of.targets[0] as DoorTarget),
    id: `target-${place}`,
    accountId: `u${place}`,
    believed: each,
  }));
  const items = persons.flatMap(({ state }, place) =>
    of.categories.flatMap((category) =>
      // Of the first person nothing is ordered that is content.
      category === "CONTENT" && place === 0
        ? []
        : [{ ...state, id: `${category}-${place}`, targetId: `target-${place}`, category }],
    ),
  );
  return { ...of, categories: ["SUBSCRIBER", "USER_IDENTIFICATION", "CONTENT"], targets, items };
}

const about = [
  {},
  { residence: null },
  { nationality: "DE" },
  { locatedIn: "DE" },
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
    const asks = questions(many);
    const alone = asks.map((ask) => decideAsk(under, ask));
    expect(asks.map(openDecisions(under, same))).toEqual(alone);
    // The other way round, nobody has the answer of her who came first.
    expect(asks.toReversed().map(openDecisions(under, same))).toEqual(alone.toReversed());
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
    expect(decide(ask("u7"))).toBe(decide(ask("u8")));
    expect(decide(ask("u7"))).not.toBe(decide(ask("u7", { residence: "DE" })));
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
