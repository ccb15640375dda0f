import { isInterfaceType, isObjectType } from "graphql";
import { coordinateOf, type Mark, marksOf } from "../marks.js";
import { isRowField, rowsOf } from "../rows.js";
import type { LintRule } from "./rule.js";

/** `at` names the time of the rows, or the warrant's period would bind nothing. */
export const identityRows: LintRule = {
  name: "identity-rows",
  check: (subgraphs) =>
    subgraphs.flatMap(marksOf).flatMap((mark) => {
      const fault = faultOf(mark);
      const coordinate = coordinateOf(mark);
      return fault === null
        ? []
        : [
            {
              subgraph: mark.subgraph.name,
              coordinate,
              message: `${coordinate} has @identity(at: "${mark.at}"), but ${fault}`,
            },
          ];
    }),
};

function faultOf(mark: Mark): string | null {
  const owner = mark.subgraph.schema.getType(mark.type);
  if (mark.at === null || !(isObjectType(owner) || isInterfaceType(owner))) return null;
  const field = owner.getFields()[mark.field];
  const rows = field ? rowsOf(field.type) : null;
  if (!rows)
    return "its value has no rows with a time of their own. Remove at, or return an object, a list of objects or a connection";
  const rowType = mark.subgraph.schema.getType(rows.type);
  return isRowField(rowType, mark.at)
    ? null
    : `its rows are ${rows.type}, which has no single field "${mark.at}". Write the name of their time field`;
}
