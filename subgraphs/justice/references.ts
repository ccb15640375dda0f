import { loadEntity } from "../kit/load-entity.js";
import type { ResolveReference } from "../kit/subgraph.js";
import { readCaller } from "./caller.js";
import { Authority } from "./entities/authority.js";
import { WarrantTarget } from "./entities/warrant-target.js";
import { findCase, findItem, findObligation, findWarrant } from "./load.js";
import { seesAuthorities } from "./sight.js";

/** Entities by their keys, with the same sight as the roots: a record of the access log leads here, and only where its reader may go. */
export const references: Readonly<Record<string, ResolveReference>> = {
  Authority: async ({ id }: { id: string }, context) =>
    seesAuthorities(await readCaller(context)) ? loadEntity(context, Authority, id) : null,
  Case: ({ id }: { id: string }, context) => findCase(context, id),
  Warrant: ({ id }: { id: string }, context) => findWarrant(context, id),
  WarrantItem: ({ id }: { id: string }, context) => findItem(context, id),
  Obligation: ({ id }: { id: string }, context) => findObligation(context, id),
  WarrantTarget: async ({ id }: { id: string }, context) => {
    const target = await loadEntity(context, WarrantTarget, id);
    return target && (await findWarrant(context, target.warrantId)) ? target : null;
  },
};
