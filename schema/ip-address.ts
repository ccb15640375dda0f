import { isIP } from "node:net";

/** An Internet address, with the source port where one is named. */
export interface IpEndpoint {
  /** In its one canonical form. */
  readonly address: string;
  readonly port: number | null;
}

/**
 * The one text of an address: IPv4 in dotted decimal, IPv6 as RFC 5952 writes it, an IPv4 address that is mapped into IPv6 (RFC 4291, 2.5.5.2) as the IPv4
 * address it is. Null for what is no address, and for one with a zone, which names an address on one machine alone.
 */
export function canonicalIp(text: string): string | null {
  if (isIP(text) === 4) return text;
  if (isIP(text) !== 6 || text.includes("%")) return null;
  const written = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(written);
  if (!mapped) return written;
  const [high = 0, low = 0] = mapped.slice(1).map((group) => Number.parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/**
 * Reads an address with or without a source port: `203.0.113.7`, `203.0.113.7:40100`, `2001:db8::1`, `[2001:db8::1]:40100` (RFC 3986, 3.2.2).
 * Null for anything else.
 */
export function readIpEndpoint(text: string): IpEndpoint | null {
  const alone = canonicalIp(text);
  if (alone !== null) return { address: alone, port: null };
  const [, bracketed, plain, digits = ""] = /^(?:\[([^\]]+)\]|([^:[\]]+)):([1-9]\d{0,4})$/.exec(text) ?? [];
  const address = canonicalIp(bracketed ?? plain ?? "");
  const port = Number(digits);
  if (address === null || port > 65_535 || (bracketed !== undefined) !== (isIP(bracketed ?? "") === 6)) return null;
  return { address, port };
}
