import type { ShapeField } from "../plan/normal-form.js";
import type { Path } from "./mark.js";

/** Translates the rest of a path below a field from plan keys to the client's; it ends where the client asked no further. */
export function clientPath(field: ShapeField, below: Path): Path {
  const path: (string | number)[] = [];
  let at: ShapeField | undefined = field;
  for (const step of below) {
    if (typeof step === "number") {
      path.push(step);
      continue;
    }
    at = [...(at?.shapes?.values() ?? [])]
      .flatMap(({ fields }) => fields)
      .find(({ planKey, name }) => planKey === step && name !== "__typename");
    if (!at) break;
    path.push(at.key);
  }
  return path;
}
