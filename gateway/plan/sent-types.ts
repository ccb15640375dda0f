import type { InputRewrite } from "@graphql-hive/router-query-planner";

/** Entities of these types are sent to a half under another type: the interface that it knows them by (`@interfaceObject`, or an interface with a key). */
export interface SentType {
  readonly types: readonly string[];
  readonly as: string;
}

/** Reads what a plan says of the representations it sends; null where it says anything but another `__typename`. */
export function readSentTypes(rewrites: readonly InputRewrite[] | null | undefined): readonly SentType[] | null {
  const sent: SentType[] = [];
  for (const rewrite of rewrites ?? []) {
    const setter = "ValueSetter" in rewrite ? rewrite.ValueSetter : "setValueTo" in rewrite ? rewrite : null;
    const [condition, key, ...more] = setter?.path ?? [];
    if (!setter || !condition || !("TypenameEquals" in condition) || !key || !("Key" in key)) return null;
    if (key.Key !== "__typename" || more.length > 0) return null;
    sent.push({ types: condition.TypenameEquals, as: setter.setValueTo });
  }
  return sent;
}
