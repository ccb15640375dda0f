import { Kind, print } from "graphql";
import { nullableType } from "../sdl-nodes.js";
import { isRootType } from "../subgraph.js";
import { fieldsOf } from "./graph-fields.js";
import type { LintRule } from "./rule.js";

/** Every root field is nullable: one subgraph down must not null what another one already disclosed. */
export const nullableRoot: LintRule = {
  name: "nullable-root",
  check: (subgraphs) =>
    fieldsOf(subgraphs)
      .filter(({ owner, field }) => isRootType(owner.name.value) && field.type.kind === Kind.NON_NULL_TYPE)
      .map(({ subgraph, field, coordinate }) => ({
        subgraph: subgraph.name,
        coordinate,
        message: `${coordinate} is a root field and must be nullable, or its failure would null the whole answer. Write ${field.name.value}: ${print(nullableType(field.type))}`,
      })),
};
