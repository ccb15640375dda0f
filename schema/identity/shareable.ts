import { type ConstDirectiveNode, Kind, type ObjectTypeDefinitionNode } from "graphql";
import { withoutDirectives } from "./sdl-nodes.js";

/** A directive application with these arguments. */
export function directive(name: string, values: Readonly<Record<string, string | boolean>> = {}): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: Object.entries(values).map(([argument, value]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: argument },
      value: typeof value === "boolean" ? { kind: Kind.BOOLEAN, value } : { kind: Kind.STRING, value },
    })),
  };
}

/** The type with `@shareable` on it as a whole, whatever stood there before. */
export function shareable(type: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode {
  const fields = type.fields?.map((field) => withoutDirectives(field, "shareable")) ?? [];
  const bare = withoutDirectives({ ...type, fields }, "shareable");
  return { ...bare, directives: [...(bare.directives ?? []), directive("shareable")] };
}
