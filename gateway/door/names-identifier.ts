import type { Period } from "../../schema/calls.js";
import type { AddressInTime, Identifier } from "../../schema/identity/identifier.js";
import type { NamedEndpoint, NamedIdentifier } from "./warrant.js";

/** Longest window around a named moment, in milliseconds: a day, the longest for which an address is commonly lent to one subscriber. */
const longestWindow = 24 * 3_600_000;

/**
 * Whether what a warrant names is the very thing that is asked about, both in their canonical form. An e-mail address and a telephone number are, or are not, the one
 * that is named; an Internet address names somebody only at a time.
 */
export function namesIdentifier(named: NamedIdentifier, asked: Identifier, period: Period | null): boolean {
  if (named.kind === "EMAIL") return asked.kind === "EMAIL" && asked.email === named.email;
  if (named.kind === "PHONE") return asked.kind === "PHONE" && asked.phone === named.phone;
  return asked.kind === "IP_ADDRESS" && namesAddress(named, asked, period);
}

/**
 * Read narrowly: the same address; the same port where one is named; and a window, half-open in UTC, that contains the named moment, lies inside the ordered period
 * and is no longer than a day.
 */
function namesAddress({ address, port, at }: NamedEndpoint, asked: AddressInTime, period: Period | null): boolean {
  const [from, to, moment] = [asked.from, asked.to, at].map((time) => Date.parse(time)) as [number, number, number];
  return (
    asked.address === address &&
    (port === null || asked.port === port) &&
    from <= moment &&
    moment < to &&
    to - from <= longestWindow &&
    period !== null &&
    Date.parse(period.from) <= from &&
    to <= Date.parse(period.to)
  );
}
