import { randomUUID } from "node:crypto";
import type { DocumentNode, GraphQLFormattedError } from "graphql";
import { GraphQLError } from "graphql";
import type { Principal } from "../../schema/principal.js";
import type { Authenticate } from "../authenticate/authenticate.js";
import type { SealAnswer } from "../authenticate/seal-answers.js";
import type { DoorOpening } from "../door/door-opening.js";
import type { OpenedDoor } from "../door/open-door.js";
import type { Denial, Door } from "../door/types.js";
import type { Happened, SourceRequest } from "../execute/ask-source.js";
import type { Data } from "../execute/data.js";
import type { SendPublic } from "../execute/transport.js";
import { mayReadLog, type RecordReads } from "../record/record-reads.js";
import { disclosure, reportErrors } from "../respond/disclose.js";
import { refuse } from "../respond/refuse.js";
import type { ExecutorAnswer, ExecutorRequest, WalkedAnswer } from "./gateway-interface.js";
import { limits } from "./limits.js";
import type { Metrics } from "./metrics.js";
import type { OperationContext, OperationState } from "./operation-state.js";
import { openDeadline } from "./within-time.js";

/**
 * The walk of a request, in order:
 *
 *   begin:    authenticate the token, give the operation its id
 *             (Apollo parses, validates, and picks the operation: see refuse-operation.ts)
 *   execute:  plan → open the door → run (ordinary fetches; identity data through the door alone) → record what was read of the log → shape → seal
 *             (Apollo formats errors, respond-plugin.ts sets the status, and the answer leaves)
 *   ended:    the door tells the log what became of what it released
 *
 * Nothing else in the gateway causes an effect for a request.
 */
export interface Walk {
  begin(authorization: string | undefined, method: "GET" | "POST", ending: Ending): Promise<OperationContext>;
  execute(request: ExecutorRequest): Promise<WalkedAnswer>;
  /** What a subscription's source tells since a cursor; each event is then executed as an operation of its own. */
  happened(
    request: Pick<ExecutorRequest, "document" | "operationName" | "request" | "context">,
    after: string | null,
  ): Promise<Happened>;
}

/** How the exchange with whoever asked ends. */
export interface Ending {
  /** Aborts when she has gone before her answer. */
  readonly gone: AbortSignal;
  /** Resolves when the answer has left whole, or cannot any more. */
  readonly ended: Promise<"ANSWERED" | "ABORTED">;
}

type Path = readonly (string | number)[];

/** What the executor made of an operation. */
export interface Executed {
  readonly data: Record<string, unknown> | null;
  /** The data as JSON, instead of `data`, where that was wanted and there is nothing to tell beside it. */
  readonly text?: string;
  readonly errors: readonly GraphQLFormattedError[];
  readonly withheld: readonly { readonly denial: Denial; readonly paths: readonly Path[] }[];
  readonly previewed: readonly { readonly field: string; readonly category: string; readonly paths: readonly Path[] }[];
  readonly failedLog: boolean;
  readonly usedIdentity: boolean;
}

/** An operation, planned; the executor's own form of it is none of the walk's business. */
export interface Planned {
  readonly identityFields: readonly unknown[];
}

export interface WalkParts<Operation extends Planned> {
  readonly authenticate: Authenticate;
  readonly plan: (
    document: DocumentNode,
    operationName: string | null,
    variables: Readonly<Record<string, unknown>>,
  ) => Promise<Operation>;
  readonly openDoor: (opening: DoorOpening) => OpenedDoor;
  readonly sendPublicFor: (principal: Principal, operationId: string) => SendPublic;
  readonly run: (
    operation: Operation,
    io: {
      variables: Readonly<Record<string, unknown>>;
      sendPublic: SendPublic;
      door: Door;
      signal: AbortSignal;
      event?: Data;
      asText: boolean;
    },
  ) => Promise<Executed>;
  readonly askSource: (operation: Operation, request: SourceRequest) => Promise<Happened>;
  readonly recordReads: RecordReads;
  /** Seals what an operation disclosed or withheld, last of all. */
  readonly seal: SealAnswer;
  readonly metrics: Metrics;
}

export function openWalk<Operation extends Planned>(parts: WalkParts<Operation>): Walk {
  const { authenticate, plan, openDoor, sendPublicFor, run, askSource, recordReads, seal, metrics } = parts;
  return {
    async begin(authorization, method, { gone, ended }) {
      const principal = await authenticate(authorization);
      const { signal, close } = openDeadline(limits.operationMs, gone);
      void ended.then(close);
      return { operation: { id: randomUUID(), principal, method, signal, ended, name: null, logFailed: false } };
    },

    async happened({ document, operationName, request, context }, after) {
      const { principal, id, signal } = context.operation;
      const variables = request.variables ?? {};
      const planned = await plan(document, operationName, variables);
      return askSource(planned, { variables, after, sendPublic: sendPublicFor(principal, id), signal });
    },

    async execute({ document, operationName, queryHash, request, context, event, asText = false }) {
      const { operation: state } = context;
      const { principal, id, signal } = state;
      const variables = request.variables ?? {};

      const planned = await plan(document, operationName, variables);
      refuseIdentityByGet(state, planned);
      const opening = { principal, operationId: id, operationName, operationHash: queryHash, document, variables };
      const door = openDoor(opening);
      const begun = event === undefined ? {} : { event };
      const whole = asText && !mayReadLog(principal);
      const io = { variables, sendPublic: sendPublicFor(principal, id), door, signal, asText: whole, ...begun };
      const executed = await run(planned, io).catch((fault: unknown) => {
        door.finish("ABORTED");
        throw fault;
      });
      void state.ended.then((outcome) => door.finish(outcome));
      if (executed.text !== undefined) return { text: executed.text };

      const unrecorded = await recordReads(opening, executed.data);
      state.logFailed = executed.failedLog || unrecorded.length > 0;
      for (const { denial, paths } of executed.withheld) metrics.withheld(denial.code, paths.length);
      return shape({ ...executed, errors: [...executed.errors, ...unrecorded] }, door, {
        operationId: id,
        operationHash: queryHash,
        seal,
      });
    },
  };
}

async function shape(
  { data, errors, withheld, previewed, usedIdentity }: Executed,
  door: OpenedDoor,
  { operationId, operationHash, seal }: { operationId: string; operationHash: string; seal: SealAnswer },
): Promise<ExecutorAnswer> {
  const told = reportErrors(errors, { report: door.report, operationId }).map(
    ({ message, path, extensions }) =>
      new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null }),
  );
  const answer = { data, ...(told.length > 0 ? { errors: told } : {}) };
  if (!usedIdentity) return answer;
  const { warrantId: warrant, report, dryRun } = door;
  const disclosed = disclosure({
    operationId,
    warrant,
    report,
    dryRun,
    receipts: door.receipts(),
    withheld,
    previewed,
  });
  const sealed = await seal({ data, disclosure: disclosed, operationHash });
  return { ...answer, extensions: { disclosure: { ...disclosed, sealed } } };
}

/** Identity data does not stand in addresses, browser histories or anybody's access log. */
function refuseIdentityByGet({ method }: OperationState, { identityFields }: Planned): void {
  if (method === "GET" && identityFields.length > 0)
    throw refuse("BAD_USER_INPUT", "Identity data is asked for by POST alone.", 405);
}
