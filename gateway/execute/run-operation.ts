import type { GraphQLFormattedError } from "graphql";
import type { DataCategory } from "../../schema/law/vocabulary.js";
import type { Denial, Door } from "../door/types.js";
import type { Variables } from "../plan/coerce-variables.js";
import type { CompiledOperation, CompiledStage } from "./compiled-operation.js";
import { Bare, type Data } from "./data.js";
import { HandedOver } from "./follow-path.js";
import type { Path } from "./mark.js";
import { Projection } from "./projection.js";
import { type Run, startRun } from "./run.js";
import type { SendPublic } from "./transport.js";

export interface OperationRequest {
  /** As the client sent them. */
  readonly variables: Variables;
  readonly sendPublic: SendPublic;
  readonly door: Door;
  readonly signal: AbortSignal;
  /** What an event of a subscription brought; its stages begin there. */
  readonly event?: Data;
  /** Whether the data may be given as `text`, where there is nothing to tell beside it. */
  readonly asText?: boolean;
}

/** An answer in the client's own shape, and everything that has to be told beside it. */
export interface Executed {
  readonly data: Record<string, unknown> | null;
  /** The data as JSON, instead of `data`; only where that was wanted, and there are no errors and no identity data. */
  readonly text?: string;
  readonly errors: readonly GraphQLFormattedError[];
  /** Complete, one entry for each denial. */
  readonly withheld: readonly { readonly denial: Denial; readonly paths: readonly Path[] }[];
  /** In a dry run: what would be permitted. `field` is a schema coordinate. */
  readonly previewed: readonly {
    readonly field: string;
    readonly category: DataCategory;
    readonly paths: readonly Path[];
  }[];
  readonly failedLog: boolean;
  /** True where the operation came to the door at all, whatever was decided there. */
  readonly usedIdentity: boolean;
}

/**
 * Runs a compiled operation: fetch stage by stage, look a last time whether what was disclosed may still leave, project, tell the log what is in the answer.
 * @throws GraphQLError BAD_USER_INPUT where the variables do not fit; the signal's reason once it is aborted.
 */
export async function runOperation(operation: CompiledOperation, request: OperationRequest): Promise<Executed> {
  const variables = operation.coerce(request.variables);
  const run = startRun({ ...request, variables }, operation.identityFields);
  const data: Data = request.event ?? operation.introspect?.(variables) ?? new Bare();
  const keys = operation.idempotencyKeys.map((keyOf) => keyOf(variables));
  for (const [index, stages] of operation.runs.entries()) {
    run.idempotencyKey = keys[index] ?? null;
    await walk(stages, run, data);
  }
  run.signal.throwIfAborted();

  const text = request.asText && run.loose.size === 0 && !run.usedIdentity ? operation.write?.(data, run.shared) : null;
  if (typeof text === "string") return { ...wholeText, text };

  const projection = new Projection(run.disclosed ? await run.door.lastLook() : null);
  const answer = operation.project(data, projection);
  // A value that stands in several places was released once.
  for (const { ask, rows, receipt } of new Set(projection.released)) run.door.released(ask, rows, receipt);
  for (const { code, message } of run.loose) projection.errors.push({ message, extensions: { code } });
  return {
    data: answer,
    errors: projection.errors,
    withheld: [...projection.withheld].map(([denial, paths]) => ({ denial, paths })),
    previewed: [...projection.previewed].map(([{ coordinate, category }, paths]) => ({
      field: coordinate,
      category,
      paths,
    })),
    failedLog: run.failedLog,
    usedIdentity: run.usedIdentity,
  };
}

const wholeText = { data: null, errors: [], withheld: [], previewed: [], failedLog: false, usedIdentity: false };

/** Each stage writes into the objects that the stage before has found, so the first one's data is complete in the end. */
async function walk(stages: readonly CompiledStage[], run: Run, data: Data): Promise<void> {
  let root = data;
  for (const { roots, step } of stages) {
    if (roots.length > 0) {
      const begun: Data = new Bare();
      for (const { alias, follow } of roots) {
        const entities = new HandedOver();
        follow(root, entities);
        begun[alias] = entities;
      }
      if (Object.values(begun).every((entities) => (entities as Data[]).length === 0)) return;
      root = begun;
    }
    await step(run, root);
  }
}
