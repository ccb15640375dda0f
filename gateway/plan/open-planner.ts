import { type DocumentNode, GraphQLError, type GraphQLSchema } from "graphql";
import type { ComposedGraph, IdentityField } from "../../schema/identity/catalog.js";
import { gatewayRoot, gatewayRootsHalf } from "../../schema/identity/identity-spec.js";
import { readApiSchema } from "../../schema/identity/read-api-schema.js";
import { compilePlan } from "../execute/compile-plan.js";
import { compileShape } from "../execute/compile-shape.js";
import { compileText } from "../execute/compile-text.js";
import type { CompiledOperation } from "../execute/compiled-operation.js";
import { compileSteps } from "../execute/follow-path.js";
import { BoundedCache } from "./bounded-cache.js";
import { coerceVariables, type Variables } from "./coerce-variables.js";
import { Budget, type Expansion } from "./collect-fields.js";
import { limitRows } from "./count-rows.js";
import { eventSource } from "./event-source.js";
import { type GuardedGraph, guardGraph } from "./guarded-graph.js";
import { valueOfKey } from "./idempotency-key.js";
import { introspector } from "./introspect.js";
import { normalize } from "./normalize.js";
import { otherForms, plainNames } from "./plan-keys.js";
import { type PlannedStage, type Planning, planStages } from "./plan-stages.js";
import { PlanningFailed } from "./planner-child.js";
import { PlanningProcess } from "./planning-process.js";
import { DocumentReader, type ReadOperation } from "./read-document.js";
import { PlanRefused } from "./verify-plan.js";

export interface PlannerLimits {
  /** Compiled operations kept. */
  readonly operations: number;
  /** Selections of one operation, fragments expanded by type. */
  readonly selections: number;
  /** Milliseconds for one plan. */
  readonly planMs: number;
  /** Operations that may wait to be planned. */
  readonly queue: number;
}

/** What holds where a test does not say otherwise. */
export const standardLimits: PlannerLimits = { operations: 1_000, selections: 10_000, planMs: 5_000, queue: 1_000 };

/** Makes compiled operations out of clients' documents. What it keeps is the same for every principal. */
export interface Planner {
  /** What clients may ask: the consumer's schema with `@warrant`. */
  readonly apiSchema: GraphQLSchema;
  /**
   * Normal form → stages → plan → verification → closures; kept by document, operation and the values of the variables in conditions.
   * @throws GraphQLError GRAPHQL_VALIDATION_FAILED, BAD_USER_INPUT (variables, operation name), OPERATION_TOO_COSTLY, GATEWAY_BUSY where too many wait, or INTERNAL where there is no plan that may be used.
   */
  prepare(
    document: DocumentNode,
    operationName: string | null | undefined,
    rawVariables: Variables,
  ): Promise<CompiledOperation>;
  close(): Promise<void>;
}

/** Opens the planner of a graph. @throws Error where the graph cannot be guarded or planned on. */
export async function openPlanner(graph: ComposedGraph, limits: Partial<PlannerLimits> = {}): Promise<Planner> {
  const bounds = { ...standardLimits, ...limits };
  const guarded = guardGraph(graph);
  const apiSchema = readApiSchema(graph.apiSdl);
  const planner = await PlanningProcess.open(graph.supergraphSdl, { timeMs: bounds.planMs, queue: bounds.queue });
  const isIdentity = (type: string, field: string): boolean => guarded.identity.get(type)?.has(field) ?? false;
  const others = otherForms(guarded.halves.values(), apiSchema);
  const planning = {
    planner,
    graph: guarded,
    plain: plainNames(apiSchema, others),
    otherForms: others,
    cutting: { schema: apiSchema, entityKeys: entityKeys(guarded), isIdentity },
  };
  const documents = new DocumentReader(apiSchema);
  const cache = new BoundedCache<Promise<CompiledOperation>>(bounds.operations);
  const remember = (key: string, compiled: Promise<CompiledOperation>): Promise<CompiledOperation> => {
    cache.set(key, compiled);
    compiled.catch((fault: unknown) => {
      if (fault instanceof GraphQLError && isPassing(fault.originalError)) cache.delete(key);
    });
    return compiled;
  };
  return {
    apiSchema,
    async prepare(document, operationName, rawVariables) {
      const operation = documents.operation(document, operationName);
      const variables = coerceVariables(apiSchema, operation.definition, rawVariables);
      const key = `${operation.key} ${operation.conditionVariables.map((name) => conditionBit(variables[name])).join("")}`;
      const compiled = await (cache.get(key) ??
        remember(key, compile(operation, variables, planning, bounds.selections)));
      compiled.limit(variables);
      return compiled;
    },
    close: () => planner.close(),
  };
}

async function compile(
  operation: ReadOperation,
  variables: Variables,
  planning: Omit<Planning, "carried"> & Pick<Expansion, "plain" | "otherForms">,
  selections: number,
): Promise<CompiledOperation> {
  const { graph, cutting } = planning;
  const { schema } = cutting;
  const normal = normalize({ ...planning, schema, operation, variables, budget: new Budget(selections) });
  const pieces =
    normal.kind === "mutation"
      ? [...normal.roots].map((root) => new Map([root]))
      : normal.roots.size > 0
        ? [normal.roots]
        : [];
  const planned = await Promise.all(
    pieces.map((piece) =>
      planStages(piece, normal.shape.type, operation.definition, { ...planning, carried: normal.carried }),
    ),
  ).catch((fault: unknown) => {
    throw refusalOf(fault);
  });
  return {
    kind: normal.kind,
    source:
      normal.kind === "subscription" ? eventSource(normal, operation.definition, graph, cutting.entityKeys) : null,
    identityFields: [...new Set<IdentityField>(planned.flat().flatMap(({ asked }) => [...asked]))],
    runs: planned.map((stages) => stages.map((stage) => compileStage(stage, graph, schema))),
    idempotencyKeys: [...normal.roots.keys()].map((root) => {
      const key = normal.idempotencyKeys.get(root);
      return (now) => (key === undefined ? null : valueOfKey(key, now));
    }),
    limit: (now) => limitRows(normal.roots, now),
    coerce: (raw) => coerceVariables(schema, operation.definition, raw),
    introspect: normal.introspection.length > 0 ? introspector(schema, operation, normal.introspection) : null,
    project: compileShape(normal.shape, graph),
    write: compileText(normal.shape, graph),
  };
}

function compileStage(
  { roots, plan, sentOn }: PlannedStage,
  graph: GuardedGraph,
  schema: GraphQLSchema,
): CompiledOperation["runs"][number][number] {
  return {
    roots: roots.map(({ alias, type, path }) => ({ alias, follow: compileSteps(path, type) })),
    step: compilePlan(plan.node, { graph, schema, sentOn }),
  };
}

/** The key by which the virtual half can stand for an entity, by type. */
function entityKeys({ halves }: GuardedGraph): ReadonlyMap<string, readonly string[]> {
  const virtual = halves.get(gatewayRootsHalf);
  const roots = virtual?.types.get("Query")?.fields;
  return new Map(
    [...(virtual?.types.values() ?? [])].flatMap(({ name, keys: [key] }) =>
      key && roots?.has(gatewayRoot(name)) ? [[name, key] as const] : [],
    ),
  );
}

function conditionBit(value: unknown): string {
  return value === true ? "1" : value === false ? "0" : "-";
}

/** A fault that the same operation need not meet again. */
function isPassing(fault: unknown): boolean {
  return fault instanceof PlanningFailed && (fault.how === "BUSY" || fault.how === "SLOW");
}

/** What a client is told when there is no plan; the cause stays with the error, for the log. */
function refusalOf(fault: unknown): unknown {
  if (!(fault instanceof PlanningFailed) && !(fault instanceof PlanRefused)) return fault;
  const { code, message } = refusals[fault instanceof PlanningFailed ? fault.how : "REFUSED"];
  const http = code === "GATEWAY_BUSY" ? { http: { headers: new Map([["retry-after", "1"]]) } } : {};
  return new GraphQLError(message, { originalError: fault, extensions: { code, ...http } });
}

const none = { code: "INTERNAL", message: "No plan that may be used was found for this operation." };
const refusals: Readonly<Record<PlanningFailed["how"], { readonly code: string; readonly message: string }>> = {
  REFUSED: none,
  DIED: none,
  SLOW: { code: "OPERATION_TOO_COSTLY", message: "The operation takes too long to plan: ask for less at once." },
  BUSY: { code: "GATEWAY_BUSY", message: "Too many new operations wait to be planned: ask again in a second." },
};
