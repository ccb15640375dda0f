import type { GraphQLFormattedError, GraphQLSchema } from "graphql";
import type { Principal } from "../../schema/principal.js";
import { LogUnavailable } from "../door/types.js";
import { consultationDrafts } from "./consultation-drafts.js";
import { type AskedOperation, findReads } from "./find-reads.js";
import type { Recorder } from "./open-recorder.js";

/** An operation that was answered, and has not left yet. */
export interface AnsweredOperation extends AskedOperation {
  readonly operationId: string;
  readonly operationHash: string;
  readonly principal: Principal;
}

/** Records what an answer read of the log; resolves with the errors of what it was not allowed to keep: none, where all is durable. */
export type RecordReads = (
  operation: AnsweredOperation,
  data: Record<string, unknown> | null,
) => Promise<readonly GraphQLFormattedError[]>;

/**
 * Every read of the log is itself a leaf, durable before the answer leaves: an auditor's questions tell whom somebody looks into. Where that leaf cannot be made
 * durable the log is not shown. Integration that is behind is no such reason: whoever must find out why it stands still may read on.
 *
 * Only those are recorded who may read at all; to everybody else the fields are refused, and nothing was told. A subgraph that asks back reads for an operation of its
 * client, which shows nothing of the log.
 */
export function openReadRecorder(schema: GraphQLSchema, recorder: Pick<Recorder, "append">): RecordReads {
  return async ({ principal, operationId, operationHash, ...asked }, data) => {
    if (!mayReadLog(principal)) return [];
    const reads = findReads(schema, asked, data);
    if (reads.length === 0) return [];
    const operation = { id: operationId, hash: operationHash, name: asked.operationName };
    try {
      await recorder.append(consultationDrafts({ operation, reader: principal, reads }));
      return [];
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      for (const { drop } of reads) drop();
      return reads.map(({ path }) => ({ message: unrecorded, path, extensions: { code: "LOG_UNAVAILABLE" } }));
    }
  };
}

/** True for the principals whose answers must be looked through for what they read of the log. */
export function mayReadLog({ role }: Principal): boolean {
  return role === "AUDITOR" || role === "PROVIDER";
}

const unrecorded = "That you read the log could not be recorded just now, so nothing of it is shown. Ask again.";
