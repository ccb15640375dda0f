import { type FieldNode, type GraphQLOutputType, Kind, type SelectionSetNode } from "graphql";
import type { Period } from "../../schema/calls.js";
import type { IdentityField } from "../../schema/identity/catalog.js";
import { rowsOf } from "../../schema/identity/rows.js";
import { type Data, isData } from "./data.js";
import { keyOf } from "./key-tree.js";
import { Mark } from "./mark.js";

/** How the value of one identity field is asked for, held against the period, and counted. */
export interface Rows {
  /** The field with the time of every row asked for. */
  readonly node: FieldNode;
  /** The value without the rows outside [from, to) and without rows whose time cannot be read; a field bound by a period has none without one. */
  within(value: unknown, window: Period | null): unknown;
  /** The first rows of a list or connection; another value as it is. */
  upTo(value: unknown, most: number): unknown;
  count(value: unknown): number;
}

/** Response key of a row's time. No subgraph may have such a name (composition refuses it), and no plan key is like it. */
const timeKey = "__at";

/**
 * Compiles the period's second lock (door.md, T6); the first is in the subgraph, which filters before it pages. Edges are dropped with their rows, so an edge
 * without a row gets one.
 */
export function compileRows(field: IdentityField, type: GraphQLOutputType, node: FieldNode): Rows {
  const rows = rowsOf(type);
  if (!rows) {
    if (field.at !== null)
      throw new Error(`${field.coordinate} has no rows whose ${field.at} could be held against a period`);
    return { node, within: same, upTo: same, count: one };
  }
  const at = field.at;
  if (rows.kind !== "CONNECTION") {
    const list = rows.kind === "LIST";
    return {
      node: at === null ? node : withTime(node, at),
      within:
        at === null
          ? same
          : (value, window) =>
              list ? filter(value, (row) => inside(row, window)) : inside(value, window) ? value : null,
      upTo: list ? (value, most) => (Array.isArray(value) ? value.slice(0, most) : value) : same,
      count: list ? length : one,
    };
  }
  const whole = withRows(node);
  const timed =
    at === null
      ? whole
      : mapFields(whole, { nodes: (each) => withTime(each, at), edges: (edge) => timedEdge(edge, at) });
  const keys = (name: string, below: FieldNode): string[] => fieldsNamed(below.selectionSet, name).map(keyOf);
  const nodes = keys("nodes", timed);
  const edges = fieldsNamed(timed.selectionSet, "edges").map((edge) => ({
    key: keyOf(edge),
    row: keys("node", edge)[0] ?? "node",
  }));
  const lists = [...nodes, ...edges.map(({ key }) => key)];
  const rowsIn = (value: Data): number => Math.max(0, ...lists.map((key) => length(value[key])));
  const cursors = fieldsNamed(timed.selectionSet, "pageInfo").flatMap((info) =>
    ["startCursor", "endCursor"].flatMap((end) =>
      fieldsNamed(info.selectionSet, end).map((each) => [keyOf(info), keyOf(each)] as const),
    ),
  );
  const blankEnds = (value: Data): void => {
    for (const [info, cursor] of cursors) blankCursor(value[info], cursor);
  };
  return {
    node: timed,
    upTo: (value, most) => {
      if (!isData(value)) return value;
      for (const key of lists) if (Array.isArray(value[key])) value[key] = (value[key] as unknown[]).slice(0, most);
      blankEnds(value);
      return value;
    },
    within:
      at === null
        ? same
        : (value, window) => {
            if (!isData(value)) return value;
            const before = rowsIn(value);
            for (const key of nodes) value[key] = filter(value[key], (row) => inside(row, window));
            for (const { key, row } of edges)
              value[key] = filter(value[key], (edge) => isData(edge) && inside(edge[row], window));
            if (rowsIn(value) < before) blankEnds(value);
            return value;
          },
    count: (value) => (isData(value) ? rowsIn(value) : 0),
  };
}

/** A connection of which only the page's ends are asked for gets its rows as well: a cursor tells of a row, so the row is held against the period and counted. */
function withRows(node: FieldNode): FieldNode {
  const set = node.selectionSet;
  if (fieldsNamed(set, "nodes").length > 0 || fieldsNamed(set, "edges").length > 0) return node;
  const rows = fieldNode("nodes", undefined, { kind: Kind.SELECTION_SET, selections: [fieldNode("__typename")] });
  return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: [...(set?.selections ?? []), rows] } };
}

/** Where a subgraph gave rows that were dropped, the ends of its page are theirs. */
function blankCursor(info: unknown, cursor: string): void {
  if (isData(info) && Object.hasOwn(info, cursor)) info[cursor] = null;
}

const same = (value: unknown): unknown => value;
const one = (value: unknown): number => (value === null ? 0 : 1);
const length = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** Keeps marks: a row that failed is an error at its place and carries nothing. */
function filter(value: unknown, keep: (row: unknown) => boolean): unknown {
  return Array.isArray(value) ? value.filter((row: unknown) => row instanceof Mark || keep(row)) : value;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

function inside(row: unknown, window: Period | null): boolean {
  if (!window || !isData(row)) return false;
  const at = row[timeKey];
  if (typeof at !== "string" || !instant.test(at)) return false;
  const time = Date.parse(at);
  return time >= Date.parse(window.from) && time < Date.parse(window.to);
}

function fieldNode(name: string, alias?: string, selectionSet?: SelectionSetNode): FieldNode {
  const named = { kind: Kind.NAME, value: name } as const;
  return {
    kind: Kind.FIELD,
    name: named,
    ...(alias ? { alias: { kind: Kind.NAME, value: alias } } : {}),
    ...(selectionSet ? { selectionSet } : {}),
  };
}

function withTime(node: FieldNode, at: string): FieldNode {
  const selections = node.selectionSet?.selections ?? [];
  return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: [...selections, fieldNode(at, timeKey)] } };
}

function timedEdge(edge: FieldNode, at: string): FieldNode {
  if (fieldsNamed(edge.selectionSet, "node").length > 0) return mapFields(edge, { node: (node) => withTime(node, at) });
  const row = withTime(fieldNode("node"), at);
  return {
    ...edge,
    selectionSet: { kind: Kind.SELECTION_SET, selections: [...(edge.selectionSet?.selections ?? []), row] },
  };
}

function fieldsNamed(set: SelectionSetNode | undefined, name: string): FieldNode[] {
  return (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === name ? [selection] : [];
    return selection.kind === Kind.INLINE_FRAGMENT ? fieldsNamed(selection.selectionSet, name) : [];
  });
}

/** The node with the fields of these names changed, wherever they stand in its selection set. */
function mapFields(node: FieldNode, changes: Readonly<Record<string, (field: FieldNode) => FieldNode>>): FieldNode {
  const change = new Map(Object.entries(changes));
  const mapSet = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((selection) => {
      if (selection.kind === Kind.FIELD) return change.get(selection.name.value)?.(selection) ?? selection;
      return selection.kind === Kind.INLINE_FRAGMENT
        ? { ...selection, selectionSet: mapSet(selection.selectionSet) }
        : selection;
    }),
  });
  return node.selectionSet ? { ...node, selectionSet: mapSet(node.selectionSet) } : node;
}
