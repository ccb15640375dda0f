import type { EntityManager } from "../../kit/subgraph.js";
import { forgetBelow } from "../check/forget-below.js";
import { readHead } from "../integrate/head.js";
import { dropMonth } from "./drop-month.js";
import { findRetired } from "./find-retired.js";

/** The end of retention as its leaf tells it. */
export interface Retirement {
  /** Leaves below it are not there any more. */
  readonly minimum: number;
  /** The last month that went, "2026-01". */
  readonly through: string;
  readonly by: string;
}

/** What was done. */
export interface Retired {
  /** "2026-01". */
  readonly months: readonly string[];
  readonly minimum: number;
  readonly kept: string | null;
}

export interface RetireOptions {
  /** Whole months that stay beside this one. */
  readonly keep: number;
  readonly by: string;
  /** Resolves once the leaf that says so is durable. */
  readonly record: (retirement: Retirement) => Promise<unknown>;
}

/**
 * Takes away the leaves and openings of the months past retention, and what can be searched of them. The tree, its checkpoints and the writers' signatures stay, so
 * that proofs and receipts of them hold. The leaf comes first; where the process dies after it, the same call does the rest.
 */
export async function retire(em: EntityManager, { keep, by, record }: RetireOptions): Promise<Retired> {
  const { minimum: before } = await readHead(em);
  const { months, minimum, kept } = await findRetired(em, keep);
  const last = months.at(-1);
  if (last === undefined) return { months: [], minimum: before, kept };
  if (minimum > before) {
    await record({ minimum, through: last.slice(0, 7), by });
    await raiseMinimum(em, minimum);
  }
  for (const month of months) await dropMonth(em, month);
  return { months: months.map((month) => month.slice(0, 7)), minimum, kept };
}

/** From here on nothing below it is found, whatever is left of it. */
async function raiseMinimum(em: EntityManager, minimum: number): Promise<void> {
  await em.transactional(async (inner) => {
    await inner.execute("update audit.audit_head set minimum = ? where id = 1 and minimum < ?", [minimum, minimum]);
    await forgetBelow(inner as EntityManager, minimum);
  });
}
