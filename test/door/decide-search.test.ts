import { describe, expect, test } from "@jest/globals";
import type { Circumstances } from "../../gateway/door/circumstances.js";
import { decideAsk } from "../../gateway/door/decide-ask.js";
import type { Subject } from "../../gateway/door/types.js";
import type { DoorWarrant } from "../../gateway/door/warrant.js";
import type { IdentityField } from "../../schema/identity/catalog.js";
import type { AddressInTime, Identifier } from "../../schema/identity/identifier.js";
import { circumstances, subject, warrant } from "./circumstances.js";

const accountsByIp: IdentityField = {
  coordinate: "Query.accountsByIp",
  type: "Query",
  field: "accountsByIp",
  category: "USER_IDENTIFICATION",
  subjectPath: [],
  at: null,
  half: "platform_identity",
  search: { identifier: "IP_ADDRESS", person: "User" },
};
const at = "2026-10-01T12:00:00.000Z";
const target = (
  address: string,
  port: number | null,
  id = "target-1",
  moment = at,
): DoorWarrant["targets"][number] => ({
  id,
  kind: "IP_ADDRESS",
  value: address,
  accountId: null,
  named: { kind: "IP_ADDRESS", address, port, at: moment },
  believed: { residence: "FR" },
});
const byAddress: DoorWarrant = { ...warrant, targets: [target("203.0.113.7", null)] };
const byPort: DoorWarrant = { ...warrant, targets: [target("203.0.113.7", 40_100)] };
const asked: AddressInTime = {
  kind: "IP_ADDRESS",
  address: "203.0.113.7",
  port: null,
  from: "2026-10-01T00:00:00.000Z",
  to: "2026-10-02T00:00:00.000Z",
};

function decide(
  of: DoorWarrant,
  search: Partial<AddressInTime> = {},
  about: Subject | null = null,
  more: Partial<Circumstances> = {},
) {
  const ask = {
    field: accountsByIp,
    entityType: "Query",
    entityId: "",
    subject: about,
    search: { ...asked, ...search },
  };
  return decideAsk(circumstances({ of, ...more }), ask);
}
const codeOf = (...given: Parameters<typeof decide>): string => {
  const { verdict } = decide(...given);
  return verdict.kind === "DENIED" ? verdict.denial.code : verdict.kind;
};

describe("a search is what the warrant names, read narrowly", () => {
  test.each<[string, DoorWarrant, Partial<AddressInTime>, string]>([
    ["the address in a day around the moment", byAddress, {}, "PERMITTED"],
    ["a port, where the warrant names none: less than it names", byAddress, { port: 40_100 }, "PERMITTED"],
    ["the named port", byPort, { port: 40_100 }, "PERMITTED"],
    ["no port, where the warrant names one: more than it names", byPort, {}, "SUBJECT_NOT_NAMED"],
    ["another port", byPort, { port: 40_101 }, "SUBJECT_NOT_NAMED"],
    ["another address", byAddress, { address: "203.0.113.8" }, "SUBJECT_NOT_NAMED"],
    ["a window that begins at the moment", byAddress, { from: at }, "PERMITTED"],
    ["a window that ends at the moment, which is outside", byAddress, { to: at }, "SUBJECT_NOT_NAMED"],
    ["a window a millisecond too late", byAddress, { from: "2026-10-01T12:00:00.001Z" }, "SUBJECT_NOT_NAMED"],
    ["a window a millisecond too long", byAddress, { to: "2026-10-02T00:00:00.001Z" }, "SUBJECT_NOT_NAMED"],
    ["the same window written in another zone", byAddress, { from: "2026-10-01T02:00:00+02:00" }, "PERMITTED"],
  ])("%s", (_, of, search, code) => {
    expect(codeOf(of, search)).toBe(code);
  });

  test.each<[string, DoorWarrant["period"], string]>([
    ["that begins with the window", { from: asked.from, to: "2026-11-01T00:00:00.000Z" }, "PERMITTED"],
    ["that ends with the window", { from: "2026-09-01T00:00:00.000Z", to: asked.to }, "PERMITTED"],
    ["that begins later", { from: "2026-10-01T00:00:00.001Z", to: "2026-11-01T00:00:00.000Z" }, "SUBJECT_NOT_NAMED"],
    ["that ends earlier", { from: "2026-09-01T00:00:00.000Z", to: "2026-10-01T23:59:59.999Z" }, "SUBJECT_NOT_NAMED"],
    ["that was not ordered", null, "SUBJECT_NOT_NAMED"],
  ])("inside a period %s", (_, period, code) => {
    expect(codeOf({ ...byAddress, period })).toBe(code);
  });

  test("a target of another kind names no address, whatever it resolved to", () => {
    expect(codeOf(warrant)).toBe("SUBJECT_NOT_NAMED");
  });

  test("of two targets for one address, the one whose part of the warrant is open counts", () => {
    const items = byAddress.items.map((item) => ({ ...item, status: "CONTESTED" }));
    const open = byAddress.items.map((item) => ({ ...item, id: `${item.id}-2`, targetId: "target-2" }));
    const two = { ...byAddress, targets: [target("203.0.113.7", null), target("203.0.113.7", null, "target-2")] };
    expect(codeOf({ ...two, items: [...items, ...open] })).toBe("PERMITTED");
    expect(codeOf({ ...two, items })).toBe("WARRANT_NOT_USABLE");
  });

  test("the category must be ordered, and its part accepted", () => {
    expect(codeOf({ ...byAddress, categories: ["SUBSCRIBER"] })).toBe("CATEGORY_NOT_ORDERED");
    expect(codeOf({ ...byAddress, items: [] })).toBe("WARRANT_NOT_USABLE");
  });

  test.each<[string, Partial<DoorWarrant>]>([
    ["a preservation order", { kind: "PRESERVATION" }],
    ["a warrant that is not accepted", { status: "ISSUED" }],
    ["a revoked warrant", { status: "REVOKED" }],
  ])("%s finds nobody", (_, changes) => {
    expect(codeOf({ ...byAddress, ...changes })).toBe("WARRANT_NOT_USABLE");
  });

  test("the law is asked on what was declared, and so it is recorded", () => {
    const { recorded, questions } = decide(byAddress);
    expect(recorded).toMatchObject({ permitted: true, rule: "R-EE-IDENT" });
    expect(questions).toMatchObject([{ factsBasis: "DECLARED", providerCountry: "IE", subject: { residence: "FR" } }]);
  });

  test("a dry run previews, also before the warrant is accepted", () => {
    expect(codeOf({ ...byAddress, status: "DRAFT" }, {}, null, { dryRun: true })).toBe("PREVIEW");
    expect(codeOf({ ...byAddress, status: "DRAFT" }, { address: "203.0.113.8" }, null, { dryRun: true })).toBe(
      "SUBJECT_NOT_NAMED",
    );
  });
});

describe("an e-mail address and a number", () => {
  const accountsBy = (identifier: "EMAIL" | "PHONE"): IdentityField => ({
    ...accountsByIp,
    category: "SUBSCRIBER",
    search: { identifier, person: "User" },
  });
  const naming = (named: NonNullable<DoorWarrant["targets"][number]["named"]>): DoorWarrant => ({
    ...warrant,
    period: null,
    targets: [{ id: "target-1", kind: named.kind, value: "", accountId: null, named, believed: { residence: "FR" } }],
  });
  const byEmail = naming({ kind: "EMAIL", email: "someone@mail.example" });
  const byPhone = naming({ kind: "PHONE", phone: "+33123456789" });
  const search = (of: DoorWarrant, identifier: Identifier, about: Subject | null = null): string => {
    const field = accountsBy(identifier.kind === "PHONE" ? "PHONE" : "EMAIL");
    const ask = { field, entityType: "Query", entityId: "", subject: about, search: identifier };
    const { verdict } = decideAsk(circumstances({ of }), ask);
    return verdict.kind === "DENIED" ? verdict.denial.code : verdict.kind;
  };

  test.each<[string, DoorWarrant, Identifier, string]>([
    ["the very address", byEmail, { kind: "EMAIL", email: "someone@mail.example" }, "PERMITTED"],
    ["with something after a plus", byEmail, { kind: "EMAIL", email: "someone+a@mail.example" }, "SUBJECT_NOT_NAMED"],
    ["with a dot more", byEmail, { kind: "EMAIL", email: "some.one@mail.example" }, "SUBJECT_NOT_NAMED"],
    ["of another host", byEmail, { kind: "EMAIL", email: "someone@post.example" }, "SUBJECT_NOT_NAMED"],
    ["a number under a warrant for an address", byEmail, { kind: "PHONE", phone: "+33123456789" }, "SUBJECT_NOT_NAMED"],
    ["the very number", byPhone, { kind: "PHONE", phone: "+33123456789" }, "PERMITTED"],
    ["another number", byPhone, { kind: "PHONE", phone: "+33123456780" }, "SUBJECT_NOT_NAMED"],
    ["either, under a warrant for an account", warrant, { kind: "PHONE", phone: "+33123456789" }, "SUBJECT_NOT_NAMED"],
  ])("%s", (_, of, identifier, code) => {
    expect(search(of, identifier)).toBe(code);
  });

  test("whom it found is decided on what is known of her", () => {
    const identifier: Identifier = { kind: "EMAIL", email: "someone@mail.example" };
    expect(search(byEmail, identifier, subject({}, "u77"))).toBe("PERMITTED");
    expect(search(byEmail, identifier, subject({ providerCountry: "DK" }, "u77"))).toBe("PERSON_CONDITION");
  });
});

describe("a person whom it found", () => {
  test("is decided on what is known of her", () => {
    const { verdict, questions } = decide(byAddress, {}, subject({}, "u77"));
    expect(verdict.kind).toBe("PERMITTED");
    expect(questions).toMatchObject([{ factsBasis: "KNOWN" }]);
    expect(codeOf(byAddress, {}, subject({ providerCountry: "DK" }, "u77"))).toBe("PERSON_CONDITION");
  });

  test("is named for nothing else: her e-mail is asked for under a target that resolves to her", () => {
    const email: IdentityField = {
      ...accountsByIp,
      coordinate: "User.email",
      type: "User",
      field: "email",
      category: "SUBSCRIBER",
    };
    const ask = { field: email, entityType: "User", entityId: "u77", subject: subject({}, "u77") };
    expect(decideAsk(circumstances({ of: byAddress }), ask).verdict).toMatchObject({
      denial: { code: "SUBJECT_NOT_NAMED" },
    });
  });
});
