import type { GraphQLFormattedError } from "graphql";
import type { Denial } from "../door/types.js";
import type { Code } from "./codes.js";

type Path = readonly (string | number)[];

/** What an operation did with identity data, and how the client wants to hear of it. */
export interface Disclosing {
  readonly operationId: string;
  readonly warrant: string | null;
  readonly report: "ERRORS" | "EXTENSIONS";
  readonly dryRun: boolean;
  /** The log's receipts, one for each leaf of this operation. */
  readonly receipts: readonly unknown[];
  readonly withheld: readonly { readonly denial: Denial; readonly paths: readonly Path[] }[];
  readonly previewed: readonly { readonly field: string; readonly category: string; readonly paths: readonly Path[] }[];
}

/** The `extensions.disclosure` of an answer that carried or withheld identity data: complete in both report modes; a dry run adds what would be permitted. */
export function disclosure({
  operationId,
  warrant,
  receipts,
  withheld,
  dryRun,
  previewed,
}: Disclosing): Record<string, unknown> {
  return {
    operationId,
    warrant,
    receipts,
    withheld: withheld.map(({ denial, paths }) => ({ decision: { ...denial, operationId }, paths })),
    ...(dryRun ? { permitted: previewed } : {}),
  };
}

/** The errors of an answer: under report EXTENSIONS without the denials, which then stand in the disclosure alone; each decision with the operation's id. */
export function reportErrors(
  errors: readonly GraphQLFormattedError[],
  { report, operationId }: Pick<Disclosing, "report" | "operationId">,
): GraphQLFormattedError[] {
  const told =
    report === "ERRORS"
      ? errors
      : errors.filter((error) => error.extensions?.code !== ("UNAUTHORIZED_FIELD_OR_TYPE" satisfies Code));
  return told.map(({ message, path, extensions }) => {
    const decision = extensions?.decision;
    const decided = typeof decision === "object" && decision !== null ? { decision: { ...decision, operationId } } : {};
    return { message, ...(path === undefined ? {} : { path }), extensions: { code: extensions?.code, ...decided } };
  });
}
