import { canonicalEmail } from "../email-address.js";
import { canonicalIp } from "../ip-address.js";
import { canonicalPhone } from "../phone-number.js";

/** The identifiers by which a root field may search for persons. Who stands behind one is identity data. */
export const identifierKinds = ["IP_ADDRESS", "EMAIL", "PHONE"] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/** The arguments by which a search of a kind says its identifier: name and type. An address names persons only in a stretch of time. */
export const identifierArguments: Readonly<Record<IdentifierKind, Readonly<Record<string, string>>>> = {
  IP_ADDRESS: { address: "IP!", port: "Port", from: "DateTime!", to: "DateTime!" },
  EMAIL: { email: "EmailAddress!" },
  PHONE: { phone: "PhoneNumber!" },
};

/** The arguments by which a search pages. */
export const pagingArguments: Readonly<Record<string, string>> = { first: "Int", after: "String" };

/** An identifier as it is asked about, in its one canonical form. Beside `kind` its members are the arguments of its kind. */
export type Identifier = AddressInTime | NamedEmail | NamedPhone;

export interface AddressInTime {
  readonly kind: "IP_ADDRESS";
  /** As `canonicalIp` writes it. */
  readonly address: string;
  /** The source port; null: whatever the port was. */
  readonly port: number | null;
  /** Half-open, [from, to), RFC 3339 UTC with milliseconds. */
  readonly from: string;
  readonly to: string;
}

export interface NamedEmail {
  readonly kind: "EMAIL";
  /** As `canonicalEmail` writes it. */
  readonly email: string;
}

export interface NamedPhone {
  readonly kind: "PHONE";
  /** As `canonicalPhone` writes it. */
  readonly phone: string;
}

type Arguments = Readonly<Record<string, unknown>>;

/** The identifier that arguments of a search of this kind say, however they write it; null where they say none. An empty stretch of time is one. */
export function readIdentifier(kind: IdentifierKind, given: Arguments): Identifier | null {
  switch (kind) {
    case "IP_ADDRESS":
      return readAddress(given);
    case "EMAIL": {
      const email = canonicalEmail(String(given.email));
      return email === null ? null : { kind, email };
    }
    case "PHONE": {
      const phone = canonicalPhone(String(given.phone));
      return phone === null ? null : { kind, phone };
    }
  }
}

function readAddress(given: Arguments): AddressInTime | null {
  const address = canonicalIp(String(given.address));
  const [from, to] = [given.from, given.to].map((time) => new Date(time as string | number | Date));
  if (address === null || !from || !to || Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())) return null;
  const port = given.port === undefined || given.port === null ? null : Number(given.port);
  return { kind: "IP_ADDRESS", address, port, from: from.toISOString(), to: to.toISOString() };
}

/** With this begins what a record names in place of a person: no id of a person has a blank. */
export const identifierPrefix = "identifier ";

/** An identifier as the access log names it where it would name a person. Equal for two that are the same, and for no others. */
export function identifierText(identifier: Identifier): string {
  return `${identifierPrefix}${identifier.kind} ${valueText(identifier)}`;
}

function valueText(identifier: Identifier): string {
  switch (identifier.kind) {
    case "EMAIL":
      return identifier.email;
    case "PHONE":
      return identifier.phone;
    case "IP_ADDRESS": {
      const { address, port, from, to } = identifier;
      const at = port === null ? address : address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
      return `${at} ${from}/${to}`;
    }
  }
}

/** What a record names in place of a person, without the mark that tells it from one; null where it names a person. */
export function identifierIn(subject: string): string | null {
  return subject.startsWith(identifierPrefix) ? subject.slice(identifierPrefix.length) : null;
}
