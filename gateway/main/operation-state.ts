import type { Principal } from "../../schema/principal.js";
import type { ExecutorAnswer } from "./executor-answer.js";

/** One operation on its walk. Apollo hands contexts on as shallow copies, so this stands one level down and is one object from begin to end. */
export interface OperationState {
  readonly id: string;
  readonly principal: Principal;
  readonly method: "GET" | "POST";
  /** Ends the fetches when the client has gone, or the operation took too long. */
  readonly signal: AbortSignal;
  /** Resolves when the answer has left whole, or cannot any more. */
  readonly ended: Promise<"ANSWERED" | "ABORTED">;
  /** As the document names it; null before it is read, and where it has none. */
  name: string | null;
  /** The access log could not be written: the answer is 503. */
  logFailed: boolean;
}

export interface OperationContext {
  readonly operation: OperationState;
  /** What Apollo Server is told that came of the operation, where it was not Apollo Server that had it run. */
  readonly outcome?: (() => Promise<ExecutorAnswer>) | undefined;
}
