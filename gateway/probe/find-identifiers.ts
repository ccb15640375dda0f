import {
  type Identifier,
  type IdentifierKind,
  identifierText,
  readIdentifier,
} from "../../schema/identity/identifier.js";

/** Most identifiers of one kind that are tried. */
const most = 10;

/** Half an hour before and after, in milliseconds. */
const around = 1_800_000;

/** Whatever in known identity values reads as an identifier of a kind: an e-mail address, a number, an Internet address beside a time. */
export function findIdentifiers(kind: IdentifierKind, values: unknown): readonly Identifier[] {
  const read = objectsIn(values).flatMap((object) =>
    argumentsIn(kind, object).flatMap((given) => readIdentifier(kind, given) ?? []),
  );
  return [...new Map(read.map((identifier) => [identifierText(identifier), identifier])).values()].slice(0, most);
}

/** Another identifier of the same kind, of reserved names and numbers: nobody's. */
export function anotherThan({ kind, ...named }: Identifier): Identifier {
  const other = { ...named, address: "192.0.2.254", email: "nobody@probe.invalid", phone: "+15550199999" };
  const read = readIdentifier(kind, other);
  if (read === null) throw new Error(`there is no other identifier of the kind ${kind}`);
  return read;
}

type Values = Readonly<Record<string, unknown>>;

function argumentsIn(kind: IdentifierKind, object: Values): readonly Values[] {
  const texts = Object.values(object).filter((value): value is string => typeof value === "string");
  if (kind === "EMAIL") return texts.map((email) => ({ email }));
  if (kind === "PHONE") return texts.map((phone) => ({ phone }));
  const times = texts.filter((text) => /^\d{4}-\d\d-\d\dT/.test(text)).map((text) => Date.parse(text));
  return texts.flatMap((address) => times.map((at) => ({ address, from: at - around, to: at + around })));
}

function objectsIn(value: unknown): readonly Values[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = value instanceof Map ? [...value.values()] : Object.values(value);
  return [...(Array.isArray(value) || value instanceof Map ? [] : [value as Values]), ...inner.flatMap(objectsIn)];
}
