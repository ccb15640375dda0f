import { loadEntity } from "../kit/load-entity.js";
import type { ResolveReference } from "../kit/subgraph.js";
import { Post } from "./entities/post.js";
import { User } from "./entities/user.js";
import { findEstablishment } from "./platforms.js";
import { WarrantStub } from "./types/stubs.js";

/** Entities from their keys. */
export const references: Readonly<Record<string, ResolveReference>> = {
  User: ({ id }: { id: string }, context) => loadEntity(context, User, id),
  Post: ({ id }: { id: string }, context) => loadEntity(context, Post, id),
  Establishment: ({ id }: { id: string }) => findEstablishment(id),
  Warrant: ({ id }: { id: string }) => Object.assign(new WarrantStub(), { id }),
  WarrantTarget: (target: { id: string }) => target,
};
