import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { QueryPlan } from "@graphql-hive/router-query-planner";

/** What the child is told, and what it answers. */
export type ToPlanner = { readonly supergraphSdl: string } | { readonly operation: string };
export type FromPlanner = { readonly ready: true } | { readonly plan: QueryPlan } | { readonly fault: string };

/** REFUSED: the planner said no. DIED, SLOW: over this operation. BUSY: it never came to it. The operation's text is not in the message. */
export class PlanningFailed extends Error {
  override readonly name = "PlanningFailed";
  constructor(
    message: string,
    readonly how: "REFUSED" | "DIED" | "SLOW" | "BUSY",
  ) {
    super(message);
  }
}

/** One process with the planner in it. It is given no environment, its output goes nowhere, and nothing is heard from it once it has been given up. */
export class PlannerChild {
  #answered: ((answer: FromPlanner | PlanningFailed) => void) | null = null;
  #alive = true;

  private constructor(private readonly process: ChildProcess) {
    process.on("message", (answer: FromPlanner) => this.#answered?.(answer));
    process.on("error", (fault) =>
      this.#end(new PlanningFailed(`the planner cannot be started: ${fault.message}`, "DIED")),
    );
    process.on("exit", () => this.#end(new PlanningFailed("the planner ended over an operation", "DIED")));
    process.unref();
  }

  /** @throws PlanningFailed where the supergraph cannot be loaded within half a minute. */
  static async start(supergraphSdl: string): Promise<PlannerChild> {
    const file = fileURLToPath(new URL("./planner-process.js", import.meta.url));
    const child = new PlannerChild(
      fork(file, [], { env: {}, execArgv: [], stdio: ["ignore", "ignore", "ignore", "ipc"] }),
    );
    await child.#ask({ supergraphSdl }, 30_000);
    return child;
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** One at a time. @throws PlanningFailed */
  async plan(operation: string, timeMs: number): Promise<QueryPlan> {
    const answer = await this.#ask({ operation }, timeMs);
    if (!("plan" in answer)) throw new PlanningFailed("the planner answered without a plan", "DIED");
    return answer.plan;
  }

  async stop(): Promise<void> {
    if (!this.#alive) return;
    this.process.ref();
    const exit = new Promise((resolve) => this.process.once("exit", resolve));
    this.#end(new PlanningFailed("the planner is closed", "BUSY"));
    await exit;
  }

  async #ask(message: ToPlanner, timeMs: number): Promise<FromPlanner> {
    const timer = setTimeout(() => this.#end(new PlanningFailed("the planner took too long", "SLOW")), timeMs);
    this.process.channel?.ref();
    const answer = await new Promise<FromPlanner | PlanningFailed>((resolve) => {
      this.#answered = resolve;
      if (this.#alive) this.process.send(message);
      else resolve(new PlanningFailed("the planner has ended", "DIED"));
    });
    clearTimeout(timer);
    this.process.channel?.unref();
    this.#answered = null;
    if (answer instanceof PlanningFailed) throw answer;
    if ("fault" in answer) throw new PlanningFailed(answer.fault, "REFUSED");
    return answer;
  }

  #end(reason: PlanningFailed): void {
    this.#alive = false;
    this.process.kill("SIGKILL");
    this.#answered?.(reason);
    this.#answered = null;
  }
}
