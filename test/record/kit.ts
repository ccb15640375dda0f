import { pino } from "pino";
import { type Access, accessDrafts } from "../../gateway/record/access-draft.js";
import type { ActToRecord } from "../../gateway/record/act-drafts.js";
import type { FollowedIntegration } from "../../gateway/record/follow-integration.js";
import { openRecorder, type Recorder, type RecorderOptions } from "../../gateway/record/open-recorder.js";
import type { Batch } from "../../schema/ledger/batch.js";
import type { Opening } from "../../schema/ledger/commitment.js";
import type { Leaf } from "../../schema/ledger/leaf.js";
import { parseLeaf } from "../../schema/ledger/leaf-bytes.js";
import { type LogStore, StoreRefused } from "../../schema/ledger/log-store.js";
import type { BatchOpenings } from "../../schema/ledger/openings.js";

/** The moment at which every test stands. */
export const now = new Date("2026-11-23T10:00:00.000Z");
export const quiet = pino({ level: "silent" });

/** A judge of Paris reads one person's e-mail under an accepted warrant. */
export const reading: Access = {
  operation: { id: "op-1", hash: "0c".repeat(32), name: "Suspect" },
  principal: { sub: "judge-1", role: "JUDICIAL", country: "FR", authority: "fr-tj-paris", platform: null },
  platform: "FACEBOOK",
  purpose: "DISCLOSURE",
  warrant: { id: "warrant-1", contentHash: "ab".repeat(32), caseId: "case-1", status: "ACCEPTED", emergency: false },
  held: false,
  ruleBook: { version: "1", hash: "cd".repeat(32) },
  subjectId: "u01",
  question: null,
  fields: [
    {
      field: "User.email",
      category: "SUBSCRIBER",
      permitted: true,
      code: "PERMITTED",
      effect: "PERMIT_COMPULSORY",
      rule: "R-EE-IDENT",
    },
    {
      field: "User.messages",
      category: "CONTENT",
      permitted: false,
      code: "PERSON_CONDITION",
      effect: "MLA_ONLY",
      rule: null,
    },
  ],
};

/** A judge of Paris issues the order under which `reading` reads. */
export const issuing: ActToRecord = {
  id: "event-1",
  what: "ISSUE",
  doneAt: "2026-11-23T09:00:00.000Z",
  from: "DRAFT",
  to: "ISSUED",
  by: "ISSUING_AUTHORITY",
  actor: "judge-1",
  warrantId: "warrant-1",
  contentHash: "ab".repeat(32),
  caseId: "case-1",
  authorityId: "fr-tj-paris",
  authorityKind: "JUDGE",
  country: "FR",
  platform: "FACEBOOK",
  kind: "PRODUCTION",
  categories: ["SUBSCRIBER"],
  emergency: false,
  issued: true,
  validationOwed: false,
  validatedBy: null,
  signingKey: null,
  deadlineAt: "2026-12-03T09:00:00.000Z",
  deadlineState: "RUNNING",
  duties: [],
};

/** As many drafts as wanted, one person each. */
export const readings = (count: number) =>
  Array.from({ length: count }, (_, index) => accessDrafts({ ...reading, subjectId: `u${index}` })).flat();

/** A store in memory whose behaviour a test sets. */
export class MemoryStore implements LogStore {
  readonly timeoutMs = 50;
  readonly batches: Batch[] = [];
  readonly openings: Opening[] = [];
  closed = false;
  /** What happens at an append; by default it is kept. */
  behave: (keep: () => void, signal: AbortSignal) => Promise<void> = async (keep) => keep();

  append(batch: Batch, openings: BatchOpenings, signal: AbortSignal): Promise<void> {
    return this.behave(() => {
      this.batches.push(batch);
      this.openings.push(...openings.flat());
    }, signal);
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  /** Leaves by batch. */
  leaves(): Leaf[][] {
    return this.batches.map(({ leaves }) => leaves.map(parseLeaf));
  }
}

export const refusing = async (): Promise<void> => {
  throw new StoreRefused("read-only");
};
/** The batch is kept, and nobody hears of it. */
export const losingTheAnswer = async (keep: () => void): Promise<void> => {
  keep();
  throw new Error("connection lost");
};
/** The batch is kept long after time was called. */
export const slow = (keep: () => void): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(() => {
      keep();
      resolve();
    }, 150);
  });

export function record(store: LogStore, options: Partial<RecorderOptions> = {}): Promise<Recorder> {
  return openRecorder({ store, clock: () => now, log: quiet, heartbeatMs: 3_600_000, ...options });
}

/** A log that is always integrated, for gateways whose log nobody integrates. */
export const integrated: FollowedIntegration = {
  behind: () => false,
  logKey: () => null,
  close: async () => undefined,
};

/** For gateways beside which nobody acts on warrants. */
export const carryingNothing = { close: async (): Promise<void> => undefined };
