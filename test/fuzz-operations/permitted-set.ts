import type { Rogatory } from "../kit/start-rogatory.js";
import { accountIds } from "../leaks/identity-values.js";
import type { Party } from "./parties.js";

const everything = /* GraphQL */ `
  fragment Everything on User {
    id legalName email phone dateOfBirth postalAddress
    ipAddresses(first: 100) { nodes { address } }
    sessions(first: 100) { nodes { address userAgent } }
    messages(first: 100) { nodes { id body } }
    posts(first: 100) { nodes { id removedBody authorIp { address } } }
  }
`;

/**
 * What a party may be told, as "field value": what it is told when it asks plainly for every field of every person, one by one. No other wording may give it
 * anything more. Throws Leak.
 */
export async function permittedSet(rogatory: Rogatory, { claims, warrant }: Party): Promise<ReadonlySet<string>> {
  const roots = accountIds.map((id) => `${id}: user(id: "${id}") { ...Everything }`);
  const query = `query ${under(warrant)} { ${roots.join(" ")} } ${everything}`;
  const { status, disclosed } = await rogatory.ask(await rogatory.token(claims), query);
  if (status !== 200) throw new Error(`the plain question was answered with ${status}`);
  return new Set(disclosed.map(nameOf));
}

export function nameOf({ field, text }: { readonly field: string; readonly text: string }): string {
  return `${field} ${text}`;
}

export function under(warrant: string | null): string {
  return warrant === null ? "" : `@warrant(id: "${warrant}")`;
}
