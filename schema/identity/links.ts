import { type ConstDirectiveNode, type ConstValueNode, Kind } from "graphql";
import { textArgument } from "./sdl-nodes.js";
import type { Subgraph } from "./subgraph.js";

/** A `@link` of a subgraph or supergraph. */
export interface Link {
  readonly url: string;
  /** The URL without its version, and the version, for example "v2.9". */
  readonly spec: string;
  readonly version: string;
  readonly as: string | null;
  readonly node: ConstDirectiveNode;
}

export function linksOf(subgraph: Pick<Subgraph, "schemaDirectives">): readonly Link[] {
  return subgraph.schemaDirectives
    .filter((directive) => directive.name.value === "link")
    .map((node) => {
      const url = (textArgument(node, "url") ?? "").replace(/\/+$/, "");
      const slash = url.lastIndexOf("/");
      return { url, spec: url.slice(0, slash), version: url.slice(slash + 1), as: textArgument(node, "as"), node };
    });
}

/** What a link imports; `as` only where it differs from the name. */
export function importsOf(link: Link): readonly { readonly name: string; readonly as: string | null }[] {
  const list = link.node.arguments?.find((argument) => argument.name.value === "import")?.value;
  if (list?.kind !== Kind.LIST) return [];
  return list.values.map((value) => {
    if (value.kind !== Kind.OBJECT) return { name: text(value), as: null };
    const part = (key: string): string => text(value.fields.find((field) => field.name.value === key)?.value);
    const name = part("name");
    const as = part("as");
    return { name, as: as === "" || as === name ? null : as };
  });
}

function text(value: ConstValueNode | undefined): string {
  return value?.kind === Kind.STRING ? value.value : "";
}
