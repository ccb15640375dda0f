import { describe, expect, test } from "@jest/globals";
import { buildSchema, parse } from "graphql";
import { pino } from "pino";
import { type DoorParts, type IdentityCall, openDoors } from "../../gateway/door/open-door.js";
import { type Ask, LogUnavailable, type Receipt, WarrantGone } from "../../gateway/door/types.js";
import type { DoorTarget, DoorWarrant } from "../../gateway/door/warrant.js";
import type { LeafDraft } from "../../gateway/record/draft.js";
import type { RecordedReceipt } from "../../gateway/record/open-recorder.js";
import type { IdentityField } from "../../schema/identity/catalog.js";
import { book } from "../law/book.js";
import { judge, now, subject, warrant } from "./circumstances.js";

const schema = buildSchema(`
  enum WithheldReport { ERRORS EXTENSIONS }
  directive @warrant(id: ID!, report: WithheldReport! = ERRORS, dryRun: Boolean! = false) on QUERY
  type Query { x: Int }
`);
const field = (name: string, category: IdentityField["category"], at: string | null = null): IdentityField => ({
  coordinate: `User.${name}`,
  type: "User",
  field: name,
  category,
  subjectPath: [],
  at,
  half: "platform_identity",
});
const legalName = field("legalName", "SUBSCRIBER");
const email = field("email", "SUBSCRIBER");
const ipAddresses = field("ipAddresses", "USER_IDENTIFICATION", "seenAt");
const ask = (of: IdentityField, about = subject()): Ask => ({
  field: of,
  entityType: "User",
  entityId: about.id,
  subject: about,
});

interface World {
  readonly recorded: LeafDraft[];
  readonly noted: LeafDraft[];
  readonly sent: IdentityCall[];
  warrantNow: DoorWarrant | undefined;
}

function open(text: string, changes: Partial<DoorParts> = {}) {
  const world: World = { recorded: [], noted: [], sent: [], warrantNow: warrant };
  const parts: DoorParts = {
    schema,
    loadWarrant: async (id) => (world.warrantNow?.id === id ? world.warrantNow : undefined),
    ruleBook: { current: async () => book },
    recorder: {
      append: async (drafts) => {
        world.recorded.push(...drafts);
        const receipts = drafts.map((_, ordinal) => ({ leafHash: `leaf-${ordinal}`, ordinal }));
        return {
          writer: "w",
          batch: 7,
          leafHashes: receipts.map(({ leafHash }) => leafHash),
          receipts,
        } as unknown as RecordedReceipt;
      },
      note: (drafts) => void world.noted.push(...drafts),
    },
    sendIdentity: async (call) => {
      world.sent.push(call);
      return { data: {} };
    },
    clock: () => now,
    log: pino({ enabled: false }),
    ...changes,
  };
  const document = parse(text);
  const door = openDoors(parts)({
    principal: judge(warrant),
    operationId: "op-1",
    operationName: "Who",
    operationHash: "a".repeat(64),
    document,
    variables: { w: warrant.id },
  });
  return { door, world };
}
const named = "query Who($w: ID!) @warrant(id: $w) { x }";
const signal = new AbortController().signal;

describe("persons whom a search found and the client must not learn of", () => {
  test("are recorded without a receipt; where there are none, one leaf is written all the same", async () => {
    const { door, world } = open(named);
    await door.prepare();
    const hidden = ask(email, subject({}, "u02"));
    await door.recordSilently([{ ask: hidden, verdict: door.judge(hidden) }]);
    expect(world.recorded.map(({ clear, references }) => [clear.type, references.subject])).toEqual([
      ["ACCESS", "u02"],
    ]);
    await door.recordSilently([]);
    expect(world.recorded.map(({ clear }) => clear.type)).toEqual(["ACCESS", "HEARTBEAT"]);
    expect(door.receipts()).toEqual([]);
  });
});

describe("what is sent on to another subgraph", () => {
  test("is recorded as a transfer under its receiver's name, apart from what the client gets", async () => {
    const { door, world } = open(named);
    await door.prepare();
    const [own, sent] = [ask(email), ask(email)];
    await door.record([
      { ask: own, verdict: door.judge(own) },
      { ask: sent, verdict: door.judge(sent), sentTo: "watchlist" },
    ]);
    expect(world.recorded.map(({ clear }) => clear)).toMatchObject([
      { type: "ACCESS", purpose: "DISCLOSURE" },
      { type: "ACCESS", purpose: "TRANSFER", recipient: "watchlist" },
    ]);
    expect(world.recorded[0]?.clear).not.toHaveProperty("recipient");
  });
});

describe("judging", () => {
  test("one answer for one person and category, one denial for one reason", async () => {
    const { door } = open(named);
    await door.prepare();
    expect(door.judge(ask(legalName))).toBe(door.judge(ask(email)));
    const [one, other] = [subject({}, "u02"), subject({}, "u03")].map((person) => door.judge(ask(legalName, person)));
    if (one?.kind !== "DENIED" || other?.kind !== "DENIED") throw new Error("both must be denied");
    expect(one.denial).toBe(other.denial);
  });

  test("two accounts of one person's facts: the second is refused, and an alarm is noted", async () => {
    const { door, world } = open(named);
    await door.prepare();
    expect(door.judge(ask(legalName)).kind).toBe("PERMITTED");
    expect(door.judge(ask(legalName, subject({ residence: "US" })))).toMatchObject({
      kind: "DENIED",
      denial: { code: "WARRANT_NOT_USABLE" },
    });
    expect(world.noted.map(({ clear }) => clear)).toMatchObject([
      { type: "ALARM", alarm: "FACTS_DISAGREE", operationId: "op-1" },
    ]);
  });

  test("a person whom the executor found described in two ways is refused under her name, once with an alarm", async () => {
    const { door, world } = open(named);
    await door.prepare();
    const doubtful = { ...subject(), doubtful: true as const };
    for (const of of [legalName, ipAddresses])
      expect(door.judge(ask(of, doubtful))).toMatchObject({ kind: "DENIED", denial: { code: "WARRANT_NOT_USABLE" } });
    expect(world.noted).toHaveLength(1);
    await door.record([{ ask: ask(legalName, doubtful), verdict: door.judge(ask(legalName, doubtful)) }]);
    expect(world.recorded[0]?.references.subject).toBe("u01");
  });

  test("a warrant or a law that cannot be read shuts the door", async () => {
    for (const changes of [
      { loadWarrant: () => Promise.reject(new Error("justice is down")) },
      { ruleBook: { current: () => Promise.reject(new Error("treaty is down")) } },
    ]) {
      const { door } = open(named, changes);
      await door.prepare();
      expect(door.judge(ask(legalName))).toMatchObject({
        kind: "DENIED",
        denial: { reason: expect.stringMatching(/could not be read/) },
      });
    }
  });

  test("nothing is judged before the door is prepared", () => {
    expect(() => open(named).door.judge(ask(legalName))).toThrow("not prepared");
  });
});

describe("recording", () => {
  test("one leaf for each person, with every field, permitted or denied, and the questions for a replay", async () => {
    const { door, world } = open(named);
    await door.prepare();
    const asks = [
      ask(legalName),
      ask(ipAddresses),
      ask(field("sessions", "TRAFFIC")),
      ask(legalName, subject({}, "u02")),
    ];
    await door.record(asks.map((one) => ({ ask: one, verdict: door.judge(one) })));
    expect(world.recorded).toHaveLength(2);
    expect(world.recorded[0]).toMatchObject({
      references: { subject: "u01", actor: "judge", warrant: "warrant-1", case: "case-1", operationName: "Who" },
      clear: {
        type: "ACCESS",
        purpose: "DISCLOSURE",
        role: "JUDICIAL",
        country: "FR",
        authority: "fr-tj-paris",
        platform: "FACEBOOK",
        warrantStatus: "ACCEPTED",
        held: false,
        ruleBook: { version: book.version, hash: book.hash },
        fields: [
          {
            field: "User.legalName",
            permitted: true,
            code: "PERMITTED",
            rule: "R-EE-IDENT",
            effect: "PERMIT_COMPULSORY",
          },
          { field: "User.ipAddresses", permitted: true, code: "PERMITTED", rule: "R-EE-IDENT" },
          { field: "User.sessions", permitted: false, code: "NATIONAL_PRECONDITION", rule: "R-FR-60-1-2" },
        ],
      },
    });
    expect(JSON.parse(String(world.recorded[0]?.references.question))).toMatchObject({
      SUBSCRIBER: [{ factsBasis: "KNOWN", requesting: "FR" }],
    });
    expect(world.recorded[1]).toMatchObject({
      references: { subject: "u02" },
      clear: { fields: [{ code: "SUBJECT_NOT_NAMED", permitted: false }] },
    });
  });

  test("persons of whom the same was decided have each a leaf of her own, with what would stand in it if she were alone", async () => {
    const ids = ["u01", "u02", "u03"];
    const targets = ids.map((id) => ({ ...(warrant.targets[0] as DoorTarget), id: `target-${id}`, accountId: id }));
    const items = targets.flatMap(({ id }) =>
      warrant.items.map((item) => ({ ...item, id: `${item.id}-${id}`, targetId: id })),
    );
    const three = { ...warrant, targets, items };
    const asksOf = (id: string): Ask[] => [legalName, ipAddresses].map((of) => ask(of, subject({}, id)));
    const recordOf = async (...persons: string[]): Promise<LeafDraft[]> => {
      const { door, world } = open(named, { loadWarrant: async () => three });
      await door.prepare();
      const asks = persons.flatMap(asksOf);
      await door.record(asks.map((one) => ({ ask: one, verdict: door.judge(one) })));
      return world.recorded;
    };
    const alone = await Promise.all(ids.map((id) => recordOf(id)));
    expect(alone.flat().map(({ references }) => references.subject)).toEqual(ids);
    expect(await recordOf(...ids)).toEqual(alone.flat());
  });

  test("a dry run is a consultation", async () => {
    const { door, world } = open("query Who($w: ID!) @warrant(id: $w, dryRun: true) { x }");
    await door.prepare();
    await door.record([{ ask: ask(legalName), verdict: door.judge(ask(legalName)) }]);
    expect(world.recorded[0]?.clear).toMatchObject({
      purpose: "CONSULTATION",
      fields: [{ permitted: false, code: "PERMITTED" }],
    });
  });

  test("a log that fails is said, and nothing is sent", async () => {
    const { door, world } = open(named, {
      recorder: { append: () => Promise.reject(new LogUnavailable("down")), note: () => undefined },
    });
    await door.prepare();
    await expect(door.record([{ ask: ask(legalName), verdict: door.judge(ask(legalName)) }])).rejects.toThrow(
      LogUnavailable,
    );
    expect(world.sent).toEqual([]);
  });
});

describe("sending", () => {
  async function passed(changes: Partial<DoorParts> = {}) {
    const { door, world } = open(named, changes);
    await door.prepare();
    const granted = [ask(legalName), ask(ipAddresses)];
    const receipt: Receipt = await door.record(granted.map((one) => ({ ask: one, verdict: door.judge(one) })));
    return {
      door,
      world,
      granted,
      receipt,
      request: { half: "platform_identity", query: "{ q }", variables: { a: 1 }, granted },
    };
  }

  test("the grant names what was permitted, and binds body, warrant, period and receipt", async () => {
    const { door, world, receipt, request } = await passed();
    await door.send(receipt, request, signal);
    expect(world.sent[0]?.grant).toMatchObject({
      op: "op-1",
      warrant: { id: "warrant-1", contentHash: warrant.contentHash },
      receipt: { writer: "w", batch: 7 },
      categories: ["SUBSCRIBER", "USER_IDENTIFICATION"],
      period: warrant.period,
    });
    expect(JSON.parse(world.sent[0]?.body ?? "").extensions.rogatory).toEqual({
      subjects: [{ id: "u01", facts: subject().facts }],
      entities: [{ type: "User", id: "u01", subject: "u01", fields: ["ipAddresses", "legalName"] }],
      leafHashes: ["leaf-0"],
    });
  });

  test("a warrant revoked after the decision: nothing is sent", async () => {
    const { door, world, receipt, request } = await passed();
    world.warrantNow = { ...warrant, status: "REVOKED" };
    const gone = await door.send(receipt, request, signal).catch((error: unknown) => error);
    if (!(gone instanceof WarrantGone)) throw new Error("expected WarrantGone");
    expect(gone.denialFor(ask(legalName))).toMatchObject({
      code: "WARRANT_NOT_USABLE",
      reason: expect.stringMatching(/revoked/),
    });
    expect(world.sent).toEqual([]);
  });

  test("the last look: null while nothing has changed; a denial once it expired, was revoked, or cannot be read", async () => {
    const { door, world } = await passed();
    expect(await door.lastLook()).toBeNull();
    world.warrantNow = { ...warrant, status: "REVOKED" };
    expect((await door.lastLook())?.(ask(legalName))).toMatchObject({
      code: "WARRANT_NOT_USABLE",
      reason: expect.stringMatching(/revoked/),
    });
    const items = warrant.items.map((item) => (item.category === "SUBSCRIBER" ? { ...item, status: "REFUSED" } : item));
    world.warrantNow = { ...warrant, items };
    const against = await door.lastLook();
    expect(against?.(ask(legalName))).toMatchObject({ reason: expect.stringMatching(/refused this part/) });
    expect(against?.(ask(ipAddresses))).toBeNull();
    world.warrantNow = undefined;
    expect((await door.lastLook())?.(ask(legalName))).toMatchObject({ code: "WARRANT_NOT_USABLE" });
  });

  test("what left is told to the log afterwards; what was dropped is told too", async () => {
    const { door, world, receipt, request, granted } = await passed();
    await door.send(receipt, request, signal);
    door.released(granted[1] as Ask, 3, receipt);
    door.finish("ANSWERED");
    expect(world.noted.at(-1)?.clear).toMatchObject({
      type: "OUTCOME",
      of: [{ leaf: "leaf-0", outcome: "RELEASED", rows: [{ field: "User.ipAddresses", rows: 3 }] }],
    });
  });

  test("a value without a record cannot be told as released", async () => {
    const { door, receipt } = await passed();
    expect(() => door.released(ask(legalName), 1, receipt)).toThrow("released without a record");
  });
});
