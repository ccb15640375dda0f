/** The identifiers by which a root field may search for persons. Who stands behind one is identity data. */
export const identifierKinds = ["IP_ADDRESS"] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/** The arguments by which a search of a kind says its identifier: name and type. An address names persons only in a stretch of time. */
export const identifierArguments: Readonly<Record<IdentifierKind, Readonly<Record<string, string>>>> = {
  IP_ADDRESS: { address: "IP!", port: "Port", from: "DateTime!", to: "DateTime!" },
};

/** The arguments by which a search pages. */
export const pagingArguments: Readonly<Record<string, string>> = { first: "Int", after: "String" };

/** An identifier as it is asked about. */
export interface Identifier {
  readonly kind: IdentifierKind;
  /** In its canonical form (`canonicalIp`). */
  readonly address: string;
  /** The source port; null: whatever the port was. */
  readonly port: number | null;
  /** Half-open, [from, to), RFC 3339 UTC with milliseconds. */
  readonly from: string;
  readonly to: string;
}

/** With this begins what a record names in place of a person: no id of a person has a blank. */
export const identifierPrefix = "identifier ";

/** An identifier as the access log names it where it would name a person. */
export function identifierText({ kind, address, port, from, to }: Identifier): string {
  const at = port === null ? address : address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
  return `${identifierPrefix}${kind} ${at} ${from}/${to}`;
}

/** What a record names in place of a person, without the mark that tells it from one; null where it names a person. */
export function identifierIn(subject: string): string | null {
  return subject.startsWith(identifierPrefix) ? subject.slice(identifierPrefix.length) : null;
}
