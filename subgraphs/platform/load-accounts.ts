import { readFile } from "node:fs/promises";
import path from "node:path";
import type { KnownFacts } from "../../schema/calls.js";
import { dataFolder } from "../kit/data-folder.js";
import type { EntityManager } from "../kit/subgraph.js";
import { IpAddress } from "./entities/ip-address.js";
import { Message } from "./entities/message.js";
import { Post } from "./entities/post.js";
import { Session } from "./entities/session.js";
import { User } from "./entities/user.js";
import { insertMissing } from "./insert-missing.js";

/** An account of the demo register. Times are RFC 3339; `authorIp` counts into `ipAddresses`. */
interface Account {
  readonly id: string;
  readonly platform: string;
  readonly handle: string;
  readonly displayName: string;
  readonly createdAt: string;
  readonly jurisdiction: KnownFacts;
  readonly legalName: string;
  readonly email: string;
  readonly phone: string;
  readonly dateOfBirth: string;
  readonly postalAddress: string;
  readonly ipAddresses: readonly { readonly address: string; readonly port: number; readonly seenAt: string }[];
  readonly sessions: readonly {
    readonly startedAt: string;
    readonly endedAt: string;
    readonly address: string;
    readonly userAgent: string;
  }[];
  readonly messages: readonly {
    readonly id: string;
    readonly sentAt: string;
    readonly body: string;
    readonly counterpart: string;
  }[];
  readonly posts: readonly {
    readonly id: string;
    readonly url: string;
    readonly body: string;
    readonly language: string;
    readonly publishedAt: string;
    readonly removedAt?: string;
    readonly authorIp: number;
  }[];
}

/** Loads the demo register: accounts that are not there yet, whole. What is there stays as it is, and what was deleted of it stays deleted. */
export async function loadAccounts(em: EntityManager): Promise<void> {
  const text = await readFile(path.join(dataFolder("platform"), "accounts.json"), "utf8");
  const { accounts: all } = JSON.parse(text) as { accounts: Account[] };
  await em.transactional(async (transaction) => {
    const known = new Set(
      (await transaction.find(User, { id: { $in: all.map(({ id }) => id) } }, { fields: ["id"] })).map(({ id }) => id),
    );
    const accounts = all.filter(({ id }) => !known.has(id));
    await insertMissing(transaction, User, accounts.map(userOf));
    await insertMissing(transaction, IpAddress, accounts.flatMap(addressesOf));
    await insertMissing(transaction, Session, accounts.flatMap(sessionsOf));
    await insertMissing(transaction, Message, accounts.flatMap(messagesOf));
    await insertMissing(transaction, Post, accounts.flatMap(postsOf));
  });
}

function userOf({ ipAddresses, sessions, messages, posts, jurisdiction, createdAt, ...account }: Account) {
  const profileUrl = `https://${account.platform.toLowerCase()}.example/${account.handle}`;
  return { ...account, ...jurisdiction, profileUrl, createdAt: new Date(createdAt) };
}

const addressId = (account: Account, index: number): string => `${account.id}-ip${index + 1}`;

function addressesOf(account: Account) {
  return account.ipAddresses.map(({ address, port, seenAt }, index) => ({
    id: addressId(account, index),
    userId: account.id,
    address,
    port,
    seenAt: new Date(seenAt),
  }));
}

function sessionsOf(account: Account) {
  return account.sessions.map(({ startedAt, endedAt, address, userAgent }, index) => ({
    id: `${account.id}-s${index + 1}`,
    userId: account.id,
    startedAt: new Date(startedAt),
    endedAt: new Date(endedAt),
    address,
    userAgent,
  }));
}

function messagesOf(account: Account) {
  return account.messages.map(({ id, sentAt, body, counterpart }) => ({
    id,
    userId: account.id,
    counterpartId: counterpart,
    sentAt: new Date(sentAt),
    body,
  }));
}

function postsOf(account: Account) {
  return account.posts.map(({ id, url, body, language, publishedAt, removedAt, authorIp }) => ({
    id,
    url,
    authorId: account.id,
    text: body,
    language,
    publishedAt: new Date(publishedAt),
    removedAt: removedAt === undefined ? null : new Date(removedAt),
    authorIpId: addressId(account, authorIp),
  }));
}
