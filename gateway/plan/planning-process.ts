import type { QueryPlan } from "@graphql-hive/router-query-planner";
import { PlannerChild, PlanningFailed } from "./planner-child.js";

export interface PlanningLimits {
  /** Longest time for one plan, in milliseconds. */
  readonly timeMs: number;
  /** Most operations that may wait. */
  readonly queue: number;
}

interface Work {
  readonly operation: string;
  readonly resolve: (plan: QueryPlan) => void;
  readonly reject: (fault: PlanningFailed) => void;
}

/**
 * The planner in a process of its own (door.md, M3), because an abort of native code cannot be caught: here it costs one operation and a restart. One
 * operation is with the child at a time, so it is known which one it died of.
 */
export class PlanningProcess {
  readonly #waiting: Work[] = [];
  #current: Work | null = null;
  #child: PlannerChild | null = null;
  #closed = false;

  private constructor(
    private readonly supergraphSdl: string,
    private readonly limits: PlanningLimits,
  ) {}

  /** @throws PlanningFailed where the supergraph cannot be loaded. */
  static async open(supergraphSdl: string, limits: PlanningLimits): Promise<PlanningProcess> {
    const planning = new PlanningProcess(supergraphSdl, limits);
    planning.#child = await PlannerChild.start(supergraphSdl);
    return planning;
  }

  /** @throws PlanningFailed */
  plan(operation: string): Promise<QueryPlan> {
    if (this.#closed) return Promise.reject(new PlanningFailed("the planner is closed", "BUSY"));
    if (this.#waiting.length >= this.limits.queue)
      return Promise.reject(new PlanningFailed("too many operations wait to be planned", "BUSY"));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ operation, resolve, reject });
      if (!this.#current) void this.#work();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(new PlanningFailed("the planner is closed", "BUSY"));
    await this.#child?.stop();
  }

  async #work(): Promise<void> {
    for (let work = this.#waiting.shift(); work; work = this.#waiting.shift()) {
      this.#current = work;
      try {
        const child = await this.#ready();
        work.resolve(await child.plan(work.operation, this.limits.timeMs));
      } catch (fault) {
        work.reject(fault instanceof PlanningFailed ? fault : new PlanningFailed(String(fault), "DIED"));
      }
    }
    this.#current = null;
  }

  async #ready(): Promise<PlannerChild> {
    if (this.#child?.alive) return this.#child;
    this.#child = await PlannerChild.start(this.supergraphSdl);
    if (this.#closed) await this.#child.stop();
    return this.#child;
  }
}
