import { print, type VariableDefinitionNode } from "graphql";
import { BoundedCache } from "../plan/bounded-cache.js";
import type { Variables } from "../plan/coerce-variables.js";
import type { Data } from "./data.js";
import type { Decided } from "./decided.js";
import type { Lot } from "./lot.js";
import type { IdentityType, IdentityUnit } from "./passage.js";
import { pickVariables } from "./run.js";

/** Entities of one type of whom the same fields may be asked. */
export interface Group {
  readonly of: IdentityType;
  readonly mask: number;
  readonly units: readonly IdentityUnit[];
  readonly members: Member[];
}

/** An entity in a group, with the answers to its questions, by field. */
export interface Member {
  readonly lot: Lot;
  readonly decided: ReadonlyMap<string, Decided>;
}

export const groupKey = (index: number): string => `_g${index}`;
/** Response key of the entity's key, by which an answer is recognised. No subgraph may have such a name. */
export const recognitionKey = "__k";

/** Writes the text that asks every group for its fields and nothing else. Texts are kept, a bounded number for each fetch. */
export function compileRegroup(
  definitions: readonly VariableDefinitionNode[],
): (
  groups: readonly Group[],
  variables: Variables,
) => { readonly query: string; readonly variables: Record<string, unknown> } {
  const texts = new BoundedCache<{ readonly query: string; readonly usages: readonly string[] }>(64);
  return (groups, variables) => {
    const signature = groups.map(({ of, mask }) => `${of.id}:${mask}`).join();
    const text = texts.get(signature) ?? write(groups, definitions);
    texts.set(signature, text);
    const picked = pickVariables(variables, text.usages);
    groups.forEach((_, index) => {
      picked[`__r${index}`] = representations(groups[index] as Group);
    });
    return { query: text.query, variables: picked };
  };
}

/** Of every entity its key and what the group's fields require, and nothing that another field of hers would. */
function representations({ of, units, members }: Group): readonly Data[] {
  const names = [...new Set(["__typename", of.key, ...units.flatMap(({ needs }) => needs)])];
  return members.map(({ lot: { representation } }) => {
    const own: Data = {};
    for (const name of names) if (Object.hasOwn(representation, name)) own[name] = representation[name];
    return own;
  });
}

function write(
  groups: readonly Group[],
  definitions: readonly VariableDefinitionNode[],
): { readonly query: string; readonly usages: readonly string[] } {
  const usages = [...new Set(groups.flatMap(({ units }) => units.flatMap(({ variables }) => variables)))];
  const used = definitions.filter(({ variable }) => usages.includes(variable.name.value)).map(print);
  const lists = groups.map((_, index) => `$__r${index}: [_Any!]!`);
  const roots = groups.map(({ of, units }, index) => {
    const selections = units.map(({ text }) => text).join(" ");
    return `${groupKey(index)}: _entities(representations: $__r${index}) { ... on ${of.type} { __typename ${recognitionKey}: ${of.key} ${selections} } }`;
  });
  return { query: `query(${[...lists, ...used].join(", ")}) { ${roots.join(" ")} }`, usages };
}
