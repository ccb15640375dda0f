import { createHash } from "node:crypto";
import { type IdentityValue, identityValues } from "./identity-values.js";

/** A way in which a value may stand in a text, in small letters. */
interface Form {
  readonly value: IdentityValue;
  readonly name: string;
  readonly text: string;
}

/** The shortest value has so many characters; forms are found by their first ones. */
const startLength = 6;
const byStart: ReadonlyMap<string, readonly Form[]> = Map.groupBy(identityValues.flatMap(formsOf), ({ text }) =>
  text.slice(0, startLength),
);

function formsOf(value: IdentityValue): readonly Form[] {
  const bytes = Buffer.from(value.text);
  const forms = new Map([
    ["in base64", bytes.toString("base64").replace(/=+$/, "")],
    ["as its digest", createHash("sha256").update(bytes).digest("hex")],
    ["as in an address", encodeURIComponent(value.text)],
    ["as it is", value.text],
  ]);
  if (forms.get("as in an address") === value.text) forms.delete("as in an address");
  return [...forms].map(([name, text]) => ({ value, name, text: text.toLowerCase() }));
}

/** What the seed command makes up, which no list holds. */
const seeded = /synthetic person \d{6}|synthetic-\d{6}@mail\.example|\d synthetic street/;

export interface Found {
  /** Null: one of the seed command's. */
  readonly value: IdentityValue | null;
  /** For a reader: the value, and how it stands there. */
  readonly what: string;
}

/** The identity values in a text, each form once: as they are, in any case, as in an address, in base64, and as their digests. */
export function findValues(text: string): readonly Found[] {
  const small = text.toLowerCase();
  const forms = new Set<Form>();
  for (let at = 0; at + startLength <= small.length; at += 1)
    for (const form of byStart.get(small.slice(at, at + startLength)) ?? [])
      if (small.startsWith(form.text, at) && standsAlone(small, at, form.text)) forms.add(form);
  const found = [...forms].map(
    ({ value, name }): Found => ({ value, what: `${value.text} (${[...value.owners].join(", ")}), ${name}` }),
  );
  const made = seeded.exec(small);
  return made === null ? found : [...found, { value: null, what: made[0] }];
}

/** Whether nothing goes on around it: 192.0.2.1 does not stand in 192.0.2.19, nor 2001:db8::1 in 2001:db8::1f. */
function standsAlone(text: string, at: number, value: string): boolean {
  const around = `${text[at - 1] ?? ""} ${text[at + value.length] ?? ""}`;
  return !(value.includes("::") ? /[0-9a-f]/ : /[0-9]/).test(around);
}
