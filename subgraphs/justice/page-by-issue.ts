import type { FilterQuery } from "@mikro-orm/core";
import type { Page } from "../kit/connection.js";
import { type CursorValue, decodeCursor, encodeCursor } from "../kit/cursor.js";
import { cutPage } from "../kit/page-of.js";
import { type PageRequest, readSlice } from "../kit/page-size.js";
import type { EntityManager } from "../kit/subgraph.js";
import { Warrant } from "./entities/warrant.js";

/** A page of warrants, issued last first; those never issued come at the end. Throws Refusal PAGE_SIZE or CURSOR. */
export async function pageByIssue(
  em: EntityManager,
  key: string,
  where: FilterQuery<Warrant>,
  request: PageRequest,
): Promise<Page<Warrant>> {
  const slice = readSlice(request);
  const beyond = slice.cursor === null ? {} : beyondPlace(decodeCursor(key, slice.cursor));
  const rows = await em.find(Warrant, { $and: [where, beyond] } as FilterQuery<Warrant>, {
    orderBy: [{ issuedAt: "desc nulls last" }, { id: "desc" }],
    limit: slice.size + 1,
  });
  return cutPage(rows, slice, ({ issuedAt, id }) => encodeCursor(key, [issuedAt ?? neverIssued, id]));
}

/** Stands in a cursor for the time that a draft does not have. */
const neverIssued = "never";

function beyondPlace([issuedAt, id]: readonly CursorValue[]): object {
  if (issuedAt === neverIssued) return { issuedAt: null, id: { $lt: id } };
  return { $or: [{ issuedAt: { $lt: issuedAt } }, { issuedAt, id: { $lt: id } }, { issuedAt: null }] };
}
