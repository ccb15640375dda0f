import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../kit/root.js";

/** A value of the demo data that is identity data, and where alone it may stand in an answer. */
export interface IdentityValue {
  readonly text: string;
  /** Ids of the accounts whose value it is. */
  readonly owners: ReadonlySet<string>;
  /** Coordinates of the identity fields that hold it. */
  readonly fields: ReadonlySet<string>;
}

interface Account {
  readonly id: string;
  readonly legalName: string;
  readonly email: string;
  readonly phone: string;
  readonly dateOfBirth: string;
  readonly postalAddress: string;
  readonly ipAddresses: readonly { readonly address: string }[];
  readonly sessions: readonly { readonly address: string; readonly userAgent: string }[];
  readonly messages: readonly { readonly id: string; readonly body: string }[];
  readonly posts: readonly { readonly id: string; readonly body: string; readonly removedAt?: string }[];
}

const { accounts } = JSON.parse(
  readFileSync(path.join(root, "subgraphs", "platform", "data", "accounts.json"), "utf8"),
) as { accounts: readonly Account[] };

/** The author of each post. */
export const authors: ReadonlyMap<string, string> = new Map(
  accounts.flatMap(({ id, posts }) => posts.map((post) => [post.id, id] as const)),
);

/** Ids of all accounts. */
export const accountIds: readonly string[] = accounts.map(({ id }) => id);

/** Every identity value of the demo data. Times and ports are left out: they say nothing alone, and stand everywhere. */
export const identityValues: readonly IdentityValue[] = collect();

function collect(): readonly IdentityValue[] {
  const values = new Map<string, { text: string; owners: Set<string>; fields: Set<string> }>();
  for (const account of accounts) {
    const add = (text: string, ...fields: string[]): void => {
      const value = values.get(text) ?? { text, owners: new Set(), fields: new Set() };
      values.set(text, value);
      value.owners.add(account.id);
      for (const field of fields) value.fields.add(field);
    };
    for (const field of ["legalName", "email", "phone", "dateOfBirth", "postalAddress"] as const)
      add(account[field], `User.${field}`);
    for (const { address } of [...account.ipAddresses, ...account.sessions])
      add(address, "User.ipAddresses", "User.sessions", "Post.authorIp");
    for (const { userAgent } of account.sessions) add(userAgent, "User.sessions");
    for (const { body, id } of account.messages) for (const text of [body, id]) add(text, "User.messages");
    for (const { body, removedAt } of account.posts) if (removedAt !== undefined) add(body, "Post.removedBody");
  }
  return [...values.values()];
}
