import type { GraphQLResolveInfo } from "graphql";
import type { Period } from "../../schema/calls.js";
import type { SubgraphContext } from "./definition.js";
import { identityMark } from "./identity-mark.js";
import { Refusal } from "./refusal.js";

/** Half-open: `from` belongs to it, `to` does not. */
export interface TimeSpan {
  readonly from: Date;
  readonly to: Date;
}

export function readPeriod(period: Period): TimeSpan {
  const span = { from: new Date(period.from), to: new Date(period.to) };
  if (!(span.from < span.to)) throw new Error("the granted period is empty or not a period");
  return span;
}

/**
 * The period that binds the identity field being resolved, so that the resolver filters before it pages. Null where the field has no `at`.
 */
export function grantedPeriod(context: SubgraphContext, info: GraphQLResolveInfo): TimeSpan | null {
  const field = info.parentType.getFields()[info.fieldName];
  const period = context.grant?.claims.period;
  return field && period && identityMark(field)?.at ? readPeriod(period) : null;
}

/**
 * What both the grant and the client's own `from` and `to` leave. An open end is undefined; `empty` where nothing is left.
 * Throws Refusal PERIOD where the client's own bounds contradict each other.
 */
export function narrowPeriod(
  granted: TimeSpan | null,
  from?: Date | null,
  to?: Date | null,
): { readonly from?: Date; readonly to?: Date; readonly empty: boolean } {
  if (from && to && from >= to) throw new Refusal("PERIOD");
  const start = later(granted?.from, from ?? undefined);
  const end = earlier(granted?.to, to ?? undefined);
  return {
    ...(start && { from: start }),
    ...(end && { to: end }),
    empty: start !== undefined && end !== undefined && start >= end,
  };
}

function later(a: Date | undefined, b: Date | undefined): Date | undefined {
  return a && b ? (a > b ? a : b) : (a ?? b);
}

function earlier(a: Date | undefined, b: Date | undefined): Date | undefined {
  return a && b ? (a < b ? a : b) : (a ?? b);
}

/** Drops what lies outside: rows of a list, edges and nodes of a connection, or the object itself. A row without a time is outside. */
export function rowsWithin(value: unknown, at: string, span: TimeSpan): unknown {
  if (value === null || value === undefined) return null;
  const inside = (row: unknown): boolean => isInside(row, at, span);
  if (Array.isArray(value)) return value.filter(inside);
  const { edges, nodes } = value as { edges?: { node: unknown }[]; nodes?: unknown[] };
  if (!Array.isArray(edges) && !Array.isArray(nodes)) return inside(value) ? value : null;
  return {
    ...(value as object),
    ...(Array.isArray(edges) && { edges: edges.filter((edge) => inside(edge.node)) }),
    ...(Array.isArray(nodes) && { nodes: nodes.filter(inside) }),
  };
}

function isInside(row: unknown, at: string, span: TimeSpan): boolean {
  const time = (row as Record<string, unknown> | null)?.[at];
  const moment = time instanceof Date ? time : typeof time === "string" ? new Date(time) : null;
  return moment !== null && moment >= span.from && moment < span.to;
}
