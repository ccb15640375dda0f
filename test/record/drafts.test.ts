import { describe, expect, test } from "@jest/globals";
import { accessDrafts } from "../../gateway/record/access-draft.js";
import { sealLeaf } from "../../gateway/record/draft.js";
import { alarmDraft, outcomeDrafts } from "../../gateway/record/outcome-draft.js";
import { opens } from "../../schema/ledger/commitment.js";
import type { AccessLeaf, AccessReference, FieldDecision } from "../../schema/ledger/leaf.js";
import { parseLeaf } from "../../schema/ledger/leaf-bytes.js";
import { now, reading } from "./kit.js";

const seal = (access = reading) => accessDrafts(access).map((draft) => sealLeaf(draft, now));
const leafOf = (access = reading) => parseLeaf(seal(access)[0]?.bytes as Buffer) as AccessLeaf;

describe("the record of one person and passage", () => {
  test("says in clear who decided what under which rule, and nothing that leads to a person or a proceeding", () => {
    const [sealed] = seal();
    const text = sealed?.bytes.toString() ?? "";
    for (const secret of ["u01", "judge-1", "warrant-1", "case-1", "ab".repeat(32), "Suspect"])
      expect(text).not.toContain(secret);
    expect(leafOf()).toMatchObject({
      type: "ACCESS",
      at: "2026-11-23T10:00:00.000Z",
      role: "JUDICIAL",
      country: "FR",
      authority: "fr-tj-paris",
      platform: "FACEBOOK",
      warrantStatus: "ACCEPTED",
      fields: reading.fields,
    });
  });

  test("opens its commitments with openings kept apart", () => {
    const [sealed] = seal();
    const leaf = leafOf();
    expect(sealed?.openings.map(({ reference, value }) => [reference, value])).toEqual([
      ["operationName", "Suspect"],
      ["actor", "judge-1"],
      ["warrant", "warrant-1"],
      ["warrantContent", "ab".repeat(32)],
      ["case", "case-1"],
      ["subject", "u01"],
    ]);
    const own = parseLeaf(sealed?.bytes as Buffer) as AccessLeaf;
    for (const opening of sealed?.openings ?? [])
      expect(opens(opening, own[opening.reference as AccessReference] as string)).toBe(true);
    expect(leaf.question).toBeNull();
  });

  test("leaves no equal traces of equal persons", () => {
    expect(leafOf().subject).not.toBe(leafOf().subject);
    expect(leafOf().actor).not.toBe(leafOf().actor);
  });

  test("lists equal decisions about a field once, and different ones both", () => {
    const [email, messages] = reading.fields as [FieldDecision, FieldDecision];
    const denied = { ...email, permitted: false, code: "SUBJECT_NOT_NAMED" } as const;
    expect(leafOf({ ...reading, fields: [email, { ...email }, messages, denied] }).fields).toEqual([
      email,
      messages,
      denied,
    ]);
  });

  test("becomes several leaves where the decisions do not fit into 8 KiB, and each decision stands in one", () => {
    const fields = Array.from({ length: 200 }, (_, index) => ({
      ...(reading.fields[0] as FieldDecision),
      field: `User.field${index}`,
    }));
    const leaves = seal({ ...reading, fields }).map(({ bytes }) => parseLeaf(bytes) as AccessLeaf);
    expect(leaves.length).toBeGreaterThan(3);
    expect(leaves.flatMap((leaf) => leaf.fields)).toEqual(fields);
  });

  test("is written whatever a client wrote: what has no proper form stands as its digest", () => {
    const warrant = {
      id: "nul\0and\uD800",
      contentHash: null,
      caseId: null,
      status: "a status with spaces",
      emergency: false,
    };
    const [sealed] = seal({
      ...reading,
      warrant,
      operation: { ...reading.operation, id: "x".repeat(200), name: "N".repeat(600) },
    });
    const leaf = parseLeaf(sealed?.bytes as Buffer) as AccessLeaf;
    expect(leaf.operationId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(leaf.warrantStatus).toMatch(/^sha256:[0-9a-f]{64}$/);
    for (const { value } of sealed?.openings.filter(
      ({ reference }) => reference === "warrant" || reference === "operationName",
    ) ?? [])
      expect(value).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("keeps what was put to the law for a replay, apart from the leaf", () => {
    const [sealed] = seal({ ...reading, question: { requesting: "FR", at: "2026-11-23T10:00:00.000Z" } });
    expect(sealed?.openings.find(({ reference }) => reference === "question")?.value).toBe(
      '{"at":"2026-11-23T10:00:00.000Z","requesting":"FR"}',
    );
  });
});

describe("what is said after the answer", () => {
  test("an outcome for each leaf, as many leaves as it takes", () => {
    const outcomes = Array.from({ length: 300 }, (_, index) => ({
      leaf: index.toString(16).padStart(64, "0"),
      outcome: "RELEASED" as const,
      rows: [{ field: "User.ipAddresses", rows: index }],
    }));
    const leaves = outcomeDrafts("op-1", outcomes).map((draft) => parseLeaf(sealLeaf(draft, now).bytes));
    expect(leaves.length).toBeGreaterThan(1);
    expect(leaves.flatMap((leaf) => (leaf.type === "OUTCOME" ? leaf.of : []))).toEqual(outcomes);
  });

  test("an alarm", () => {
    const leaf = parseLeaf(sealLeaf(alarmDraft("FACTS_DISAGREE", "op-1", "platform"), now).bytes);
    expect(leaf).toMatchObject({ type: "ALARM", alarm: "FACTS_DISAGREE", operationId: "op-1", service: "platform" });
  });
});
