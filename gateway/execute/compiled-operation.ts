import type { IdentityField } from "../../schema/identity/catalog.js";
import type { Variables } from "../plan/coerce-variables.js";
import type { Data } from "./data.js";
import type { Follow } from "./follow-path.js";
import type { Projection } from "./projection.js";
import type { Step } from "./run.js";

/** An operation ready to run for anybody: nothing of a principal or of a variable's value outside conditions is in it. */
export interface CompiledOperation {
  readonly kind: "query" | "mutation";
  /** Every identity field that it can ask for. */
  readonly identityFields: readonly IdentityField[];
  /** One list of stages for a query; for a mutation one for each root field, in the client's order. */
  readonly runs: readonly (readonly CompiledStage[])[];
  /** Variables as the operation's types say. @throws GraphQLError BAD_USER_INPUT */
  readonly coerce: (raw: Variables) => Variables;
  /** @throws GraphQLError OPERATION_TOO_COSTLY where, with these variables, its lists within lists could bring too many rows. */
  readonly limit: (variables: Variables) => void;
  /** `__schema` and `__type` by response key; null where they are not asked for. */
  readonly introspect: ((variables: Variables) => Data) | null;
  readonly project: (data: Data, projection: Projection) => Data | null;
}

export interface CompiledStage {
  /** The entities it begins with, found in the data of the stage before; none for the first. */
  readonly roots: readonly { readonly alias: string; readonly follow: Follow }[];
  readonly step: Step;
}
