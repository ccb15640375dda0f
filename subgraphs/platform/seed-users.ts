import type { EntityManager } from "../kit/subgraph.js";
import { IpAddress } from "./entities/ip-address.js";
import { Post } from "./entities/post.js";
import { Session } from "./entities/session.js";
import { User } from "./entities/user.js";
import { insertMissing } from "./insert-missing.js";

/** Users made at a time. */
const batch = 500;

/**
 * Loads n synthetic users for load tests: the same n are always the same people. Documentation address ranges (RFC 5737, RFC 3849), reserved
 * names (RFC 2606), fictional numbers. Idempotent, and a greater n continues. Each has four addresses, four sessions and one post.
 */
export async function seedUsers(
  em: EntityManager,
  n: number,
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  if (!Number.isInteger(n) || n < 0 || n > 999_999)
    throw new RangeError("the number of users is a whole number from 0 to 999999");
  for (let start = 1; start <= n; start += batch) {
    const end = Math.min(start + batch - 1, n);
    const numbers = Array.from({ length: end - start + 1 }, (_, index) => start + index);
    await em.transactional(async (transaction) => {
      await insertMissing(transaction, User, numbers.map(userOf));
      await insertMissing(transaction, IpAddress, numbers.flatMap(addressesOf));
      await insertMissing(transaction, Session, numbers.flatMap(sessionsOf));
      await insertMissing(transaction, Post, numbers.map(postOf));
    });
    onProgress(end);
  }
}

const countries = ["FR", "DE", "IE", "ES", "IT", "NL", "GB", "US", "IN", "BR"] as const;
const rowsEach = [0, 1, 2, 3] as const;
const firstDay = Date.UTC(2026, 8, 1, 8);
const day = 86_400_000;

const idOf = (number: number): string => `u-${String(number).padStart(6, "0")}`;
const countryOf = (number: number): string => countries[number % countries.length] ?? "FR";

function userOf(number: number) {
  const digits = String(number).padStart(6, "0");
  const country = countryOf(number);
  return {
    id: idOf(number),
    platform: "FACEBOOK",
    handle: `synthetic.${digits}`,
    displayName: `Synthetic ${digits}`,
    profileUrl: `https://facebook.example/synthetic.${digits}`,
    createdAt: new Date(Date.UTC(2015, number % 12, 1 + (number % 28))),
    providerCountry: country === "US" || country === "GB" || country === "IN" || country === "BR" ? "US" : "IE",
    residence: country,
    nationality: country,
    locatedIn: country,
    protectedRole: null,
    legalName: `Synthetic Person ${digits}`,
    email: `synthetic-${digits}@mail.example`,
    phone: `+1555${String(number).padStart(7, "0")}`,
    dateOfBirth: `19${60 + (number % 40)}-0${1 + (number % 9)}-1${number % 10}`,
    postalAddress: `${number} Synthetic Street, ${country}`,
  };
}

function addressOf(number: number, row: number): string {
  const blocks = ["192.0.2", "198.51.100", "203.0.113"] as const;
  const block = blocks[row];
  return block
    ? `${block}.${1 + (number % 254)}`
    : `2001:db8:${(number >> 16).toString(16)}:${(number & 0xffff).toString(16)}::1`;
}

const timeOf = (number: number, row: number): Date => new Date(firstDay + row * 14 * day + (number % 1440) * 60_000);

function addressesOf(number: number) {
  return rowsEach.map((row) => ({
    id: `${idOf(number)}-ip${row + 1}`,
    userId: idOf(number),
    address: addressOf(number, row),
    port: 40_000 + ((number + row) % 20_000),
    seenAt: timeOf(number, row),
  }));
}

function sessionsOf(number: number) {
  return rowsEach.map((row) => ({
    id: `${idOf(number)}-s${row + 1}`,
    userId: idOf(number),
    startedAt: timeOf(number, row),
    endedAt: new Date(timeOf(number, row).getTime() + 25 * 60_000),
    address: addressOf(number, row),
    userAgent: "SyntheticBrowser/1.0",
  }));
}

function postOf(number: number) {
  return {
    id: `${idOf(number)}-p1`,
    url: `https://facebook.example/synthetic.${String(number).padStart(6, "0")}/posts/1`,
    authorId: idOf(number),
    text: `A synthetic post, number ${number}.`,
    language: "en",
    publishedAt: timeOf(number, 0),
    removedAt: null,
    authorIpId: `${idOf(number)}-ip1`,
  };
}
