import type { PlanNode, QueryPlan } from "@graphql-hive/router-query-planner";
import { type OperationDefinitionNode, print } from "graphql";
import type { IdentityField } from "../../schema/identity/catalog.js";
import { carryDirectives } from "./carry-directives.js";
import { completePlan } from "./complete-plan.js";
import { type Cutting, cutStages, type Stage, type StageRoot } from "./cut-stages.js";
import type { CarriedDirectives } from "./field-directives.js";
import { fitPlan } from "./fit-plan.js";
import type { GuardedGraph } from "./guarded-graph.js";
import type { Fields } from "./normal-form.js";
import { PlanningFailed } from "./planner-child.js";
import type { PlanningProcess } from "./planning-process.js";
import { PlanRefused, verifyPlan } from "./verify-plan.js";
import { type SentOn, verifyReach } from "./verify-reach.js";

export interface PlannedStage {
  readonly roots: readonly StageRoot[];
  readonly plan: QueryPlan;
  readonly asked: ReadonlySet<IdentityField>;
  /** For every fetch what is fetched to be sent on alone. */
  readonly sentOn: ReadonlyMap<PlanNode, SentOn>;
}

export interface Planning {
  readonly planner: PlanningProcess;
  readonly graph: GuardedGraph;
  readonly cutting: Omit<Cutting, keyof Manner>;
  readonly carried: CarriedDirectives;
}

type Manner = Pick<Cutting, "from" | "apart" | "byInterface" | "unnamed">;

/**
 * How a text is written for the planner, in the order in which it is tried. What a mutation gives is never cut from it: it may be gone by then. What a subscription
 * leads to always is: an event brings the key of its entity, and everything else is planned from there.
 */
const manners: readonly Manner[] = [
  { from: Infinity, apart: false, byInterface: false, unnamed: true },
  { from: Infinity, apart: false, byInterface: false, unnamed: false },
  { from: 2, apart: false, byInterface: false, unnamed: false },
  { from: Infinity, apart: false, byInterface: true, unnamed: false },
  { from: 1, apart: false, byInterface: false, unnamed: false },
  { from: 1, apart: true, byInterface: false, unnamed: false },
];

/**
 * Plans and verifies root fields, stage by stage. What cannot be planned in large pieces, or not so that the plan may be used, is written in another manner and planned again.
 * @throws PlanningFailed, PlanRefused: what stood against the first manner.
 */
export async function planStages(
  roots: Fields,
  rootType: string,
  operation: OperationDefinitionNode,
  planning: Planning,
): Promise<readonly PlannedStage[]> {
  let refused: unknown = null;
  const follows = operation.operation === "subscription";
  for (const manner of manners) {
    if (manner.from === 1 && operation.operation === "mutation") continue;
    if (manner.from !== 1 && follows) continue;
    if (manner.unnamed && !planning.graph.providesAbstract) continue;
    const cut = cutStages(roots, rootType, { ...planning.cutting, ...manner, unnamed: false });
    const stages = follows ? cut.slice(1) : cut;
    const unnamed = manner.unnamed ? cutStages(roots, rootType, { ...planning.cutting, ...manner }) : stages;
    try {
      return await Promise.all(
        stages.map((stage, index) => planStage(stage, unnamed[index] ?? stage, operation, planning)),
      );
    } catch (fault) {
      const again = fault instanceof PlanRefused || (fault instanceof PlanningFailed && fault.how === "REFUSED");
      if (!again) throw fault;
      refused ??= fault;
    }
  }
  throw refused;
}

/** `asked`: the stage as the planner is asked for it; what comes is held against the stage. */
async function planStage(
  stage: Stage,
  asked: Stage,
  operation: OperationDefinitionNode,
  { planner, graph, cutting, carried }: Planning,
): Promise<PlannedStage> {
  const document = stageDocument(stage, operation);
  const planned = fitPlan(await planner.plan(stageDocument(asked, operation)), graph);
  const completed = completePlan(planned, document, graph, cutting.schema);
  const plan = carryDirectives(completed, carried, graph);
  const identity = verifyPlan(plan, graph);
  const sentOn = verifyReach(plan, document, graph, cutting.schema, asked !== stage);
  return { roots: stage.roots, plan, asked: identity, sentOn };
}

/** The text that is planned. Only the operation's own root fields can be a mutation's. */
export function stageDocument({ roots, selections, variables }: Stage, operation: OperationDefinitionNode): string {
  const kind = roots.length === 0 ? operation.operation : "query";
  const definitions = operation.variableDefinitions?.filter(({ variable }) => variables.has(variable.name.value)) ?? [];
  const printed = definitions.map((definition) => print({ ...definition, directives: [] }));
  return `${kind}${printed.length > 0 ? `(${printed.join(", ")})` : ""} { ${selections} }`;
}
