import type { IdentityField } from "../../schema/identity/catalog.js";
import type { Variables } from "../plan/coerce-variables.js";
import type { Data } from "./data.js";
import type { Follow } from "./follow-path.js";
import type { Projection } from "./projection.js";
import type { Step } from "./run.js";
import type { SharedObjects } from "./shared-objects.js";

/** An operation ready to run for anybody: nothing of a principal or of a variable's value outside conditions is in it. */
export interface CompiledOperation {
  readonly kind: "query" | "mutation" | "subscription";
  /** By what a subscription is followed; null for all others. Its stages begin with the entity of one event. */
  readonly source: EventSource | null;
  /** Every identity field that it can ask for. */
  readonly identityFields: readonly IdentityField[];
  /** One list of stages for a query; for a mutation one for each root field, in the client's order. */
  readonly runs: readonly (readonly CompiledStage[])[];
  /** For each run of a mutation the key under which the client repeats it; null: none. @throws GraphQLError BAD_USER_INPUT */
  readonly idempotencyKeys: readonly ((variables: Variables) => string | null)[];
  /** Variables as the operation's types say. @throws GraphQLError BAD_USER_INPUT */
  readonly coerce: (raw: Variables) => Variables;
  /** @throws GraphQLError OPERATION_TOO_COSTLY where, with these variables, its lists within lists could bring too many rows. */
  readonly limit: (variables: Variables) => void;
  /** `__schema` and `__type` by response key; null where they are not asked for. */
  readonly introspect: ((variables: Variables) => Data) | null;
  readonly project: (data: Data, projection: Projection) => Data | null;
  /** The data as JSON, where there is nothing to tell beside it, else null; null itself where there always is. */
  readonly write: ((data: Data, shared: SharedObjects) => string | null) | null;
}

/** The query by which a subscription is followed, at the half that has it (schema/subscriptions.ts). */
export interface EventSource {
  readonly half: string;
  readonly query: string;
  /** Of the client's variables, those that it uses. */
  readonly usages: readonly string[];
  /** The variable that holds the cursor. */
  readonly after: string;
  /** The entity that an event brings, by its key, and where it stands in the data. */
  readonly type: string;
  readonly key: readonly string[];
  readonly planKey: string;
  /** Fields of the key by the plan keys under which the client reads them. */
  readonly read: ReadonlyMap<string, string>;
}

export interface CompiledStage {
  /** The entities it begins with, found in the data of the stage before; none for the first. */
  readonly roots: readonly { readonly alias: string; readonly follow: Follow }[];
  readonly step: Step;
}
