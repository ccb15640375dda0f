import { Kind, print } from "graphql";
import { afterArgument, cursorField, nodesField, sinceRoot } from "../../subscriptions.js";
import { fieldNamed, hasDirective, namedType } from "../sdl-nodes.js";
import { isEntity } from "../subgraph.js";
import { type FieldPlace, fieldsOf } from "./graph-fields.js";
import type { LintRule } from "./rule.js";

/** A subscription leads to an entity, and the same subgraph has the query by which the gateway follows it (schema/subscriptions.ts). */
export const subscriptionSource: LintRule = {
  name: "subscription-source",
  check: (subgraphs) =>
    fieldsOf(subgraphs)
      .filter(({ owner }) => owner.name.value === "Subscription")
      .flatMap((place) => {
        const fault = faultOf(place);
        const { subgraph, coordinate } = place;
        return fault === null ? [] : [{ subgraph: subgraph.name, coordinate, message: `${coordinate} ${fault}` }];
      }),
};

function faultOf({ subgraph, field }: FieldPlace): string | null {
  const type = namedType(field.type);
  const leadsTo = subgraph.types.get(type);
  if (field.type.kind !== Kind.NAMED_TYPE || leadsTo?.kind !== Kind.OBJECT_TYPE_DEFINITION || !isEntity(leadsTo))
    return "must lead to one entity, whose fields are then fetched and decided for every event. Write a nullable object type with @key";
  const name = sinceRoot(field.name.value);
  const given = [...(field.arguments ?? []).map(print), `${afterArgument}: String`];
  const expected = `Query { ${name}(${given.join(", ")}): ${type}sSince @inaccessible }, and type ${type}sSince @inaccessible { ${cursorField}: String! ${nodesField}: [${type}!]! }`;
  const since = fieldNamed(subgraph.types.get("Query"), name);
  const result = since && subgraph.types.get(namedType(since.type));
  const [cursor, nodes] = [cursorField, nodesField].map((each) => fieldNamed(result, each));
  const right =
    since !== undefined &&
    hasDirective(since, "inaccessible") &&
    (since.arguments ?? []).map(print).sort().join() === [...given].sort().join() &&
    cursor !== undefined &&
    print(cursor.type) === "String!" &&
    nodes !== undefined &&
    print(nodes.type) === `[${type}!]!`;
  return right ? null : `has nothing by which it can be followed. Write type ${expected}`;
}
