import { type DocumentNode, parse, validate } from "graphql";
import type { Ask, Door, Receipt } from "../../gateway/door/types.js";
import { excessive } from "../../gateway/execute/failure.js";
import { runOperation } from "../../gateway/execute/run-operation.js";
import { openPlanner, type Planner } from "../../gateway/plan/open-planner.js";
import { composeGraph } from "../../schema/compose.js";
import type { ComposedGraph } from "../../schema/identity/catalog.js";
import { difference } from "./compare.js";
import { type Generated, generateOperation } from "./generate-operation.js";
import { Random } from "./random.js";
import { ran } from "./world/data.js";
import { Monolith, type Seen } from "./world/monolith.js";
import { judgeBy, policyOf } from "./world/policy.js";
import { sources as worldSources } from "./world/sdl.js";
import { Services } from "./world/serve.js";

const ids = ["u1", "u2", "u3", "u4", "u5", "u6", "o1", "o2", "p1", "p2", "p3", "p4", "p5", "k1", "k2", "k3", "x9"];

/** Stands between the executor and an honest door: how faults are planted. */
export type Tamper = (door: Door) => Door;

export interface Outcome {
  readonly operation: Generated;
  /** What went wrong; null where the gateway could not be told from the monolith. */
  readonly fault: string | null;
  readonly touchedIdentity: boolean;
}

/** The gateway and the monolith over one world, asked the same random operations. */
export class Fuzz {
  private constructor(
    readonly graph: ComposedGraph,
    private readonly planner: Planner,
    private readonly monolith: Monolith,
    private readonly services: Services,
  ) {}

  static async open(sources: typeof worldSources = worldSources): Promise<Fuzz> {
    const composed = composeGraph(sources);
    if ("findings" in composed) throw new Error(JSON.stringify(composed.findings, null, 2));
    return new Fuzz(
      composed.graph,
      await openPlanner(composed.graph),
      new Monolith(composed.graph),
      new Services(sources),
    );
  }

  close(): Promise<void> {
    return this.planner.close();
  }

  /** The operation of a seed: the first valid one of its stream. */
  generate(seed: number): { readonly operation: Generated; readonly document: DocumentNode } {
    const random = new Random(seed);
    for (;;) {
      const operation = generateOperation({
        random,
        schema: this.planner.apiSchema,
        ids,
        mutation: random.chance(0.05),
      });
      const document = parse(operation.text, { noLocation: true });
      if (validate(this.planner.apiSchema, document).length === 0) return { operation, document };
    }
  }

  async run(seed: number, tamper: Tamper = (door) => door): Promise<Outcome> {
    const { operation, document } = this.generate(seed);
    const policy = policyOf(seed);
    const seen: Seen = { policy, permitted: new Set(), denied: new Set() };
    ran.length = 0;
    const expected = this.monolith.run(document, operation.variables, seen);
    const ranThere = ran.splice(0).join();

    const recorded = new Map<string, boolean>();
    const transferred = new Map<string, boolean>();
    const resolved = new Set<string>();
    const unlawful: string[] = [];
    const watch = {
      identity(coordinate: string, id: string) {
        resolved.add(`${coordinate} ${id}`);
        if (recorded.get(`${coordinate} ${id}`) !== true && transferred.get(`${coordinate} ${id}`) !== true)
          unlawful.push(`${coordinate} ${id} was resolved without a record that permits it`);
      },
    };
    const judge = judgeBy(policy);
    const door = tamper({
      prepare: () => Promise.resolve(),
      judge,
      async record(decided) {
        for (const { ask, sentTo } of decided)
          (sentTo === undefined ? recorded : transferred).set(nameOf(ask), judge(ask).kind === "PERMITTED");
        return { writer: "fuzz", batch: 0, leafHashes: [] } as unknown as Receipt;
      },
      async recordSilently(decided) {
        for (const { ask } of decided) recorded.set(nameOf(ask), judge(ask).kind === "PERMITTED");
      },
      send: (_receipt, { half, query, variables }) => this.services.ask(half, query, variables, watch),
      lastLook: async () => null,
      alarm(alarm, half) {
        // These services know no period: what lies outside is the gateway's to drop, and to tell.
        if (alarm !== "ROWS_OUTSIDE_PERIOD") unlawful.push(`an honest answer of ${half} raised ${alarm}`);
      },
      released(ask) {
        const isFound = ask.search !== undefined && ask.subject !== null;
        if (
          isFound ? recorded.get(nameOf(ask)) !== true : !resolved.has(nameOf(ask)) && !unlawful.includes(nameOf(ask))
        )
          unlawful.push(`${nameOf(ask)} was released and never resolved`);
      },
    });

    const outcome = (fault: string | null): Outcome => ({
      operation,
      fault,
      touchedIdentity: seen.permitted.size + seen.denied.size > 0,
    });
    try {
      const compiled = await this.planner.prepare(document, "Op", operation.variables);
      const executed = await runOperation(compiled, {
        variables: operation.variables,
        sendPublic: ({ half, query, variables }) =>
          this.services.ask(half, query, variables, {
            identity: (coordinate) => unlawful.push(`${coordinate} was asked of ${half}`),
          }),
        door,
        signal: new AbortController().signal,
        asText: true,
      });
      const { text, data = null } = executed;
      const told = text === undefined ? data : (JSON.parse(text) as typeof data);
      if (unlawful.length > 0) return outcome(unlawful.join("\n"));
      const errors = executed.errors.filter(({ message }) => message !== excessive.message);
      const different = difference(
        { ...executed, data: told, errors },
        expected,
        /fragile|strict/.test(operation.text),
      );
      if (different) return outcome(different);
      if (ran.join() !== ranThere) return outcome(`mutations ran as ${ran.join()}, not as ${ranThere}`);
      return outcome(
        spread(executed.errors, executed.data) ? null : unasked({ recorded, transferred, resolved }, seen),
      );
    } catch (fault) {
      return outcome(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
    }
  }
}

function nameOf({ field, entityId }: Ask): string {
  return `${field.coordinate} ${entityId}`;
}

/** Where a null has spread, the monolith stopped early and the gateway could not know. */
function spread(errors: readonly { readonly path?: readonly (string | number)[] }[], data: unknown): boolean {
  return errors.some(({ path = [] }) => {
    let at = data;
    return path.some((step) => {
      if (at === null) return true;
      at = (at as Record<string | number, unknown>)[step];
      return false;
    });
  });
}

/** What was decided, and what was fetched, is what the operation asks for, and no more. */
function unasked(
  {
    recorded,
    transferred,
    resolved,
  }: {
    readonly recorded: ReadonlyMap<string, boolean>;
    readonly transferred: ReadonlyMap<string, boolean>;
    readonly resolved: ReadonlySet<string>;
  },
  { permitted, denied }: Seen,
): string | null {
  const isFound = (name: string): boolean => /^Query\.found u/.test(name);
  for (const [name, allowed] of recorded)
    if (!(allowed ? permitted : denied).has(name)) return `${name} was recorded, and the operation does not ask for it`;
  for (const name of [...permitted, ...denied])
    if (!recorded.has(name)) return `${name} was decided by the monolith and has no record`;
  for (const [name, allowed] of transferred) {
    const dependent = name.replace("User.email", "User.watch");
    if (!(allowed ? permitted : denied).has(dependent))
      return `${name} was transferred, and nothing asked for needs it`;
  }
  for (const name of permitted)
    if (!resolved.has(name) && !isFound(name)) return `${name} is permitted and was not fetched`;
  for (const name of resolved)
    if (!permitted.has(name) && !transferred.has(name))
      return `${name} was fetched, and the operation does not ask for it`;
  return null;
}
