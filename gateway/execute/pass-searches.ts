import type { FetchNode } from "@graphql-hive/router-query-planner";
import { type FieldNode, type GraphQLSchema, Kind } from "graphql";
import type { IdentityField, IdentitySearch } from "../../schema/identity/catalog.js";
import { identifierText } from "../../schema/identity/identifier.js";
import { type Ask, LogUnavailable, type Receipt, WarrantGone } from "../door/types.js";
import { readFetch } from "../plan/fetch-document.js";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import type { HalfSchema } from "../plan/half-schema.js";
import { Answer } from "./answer.js";
import type { Data } from "./data.js";
import { markOf } from "./decide.js";
import { excessive, logUnavailable, misshapen, tooMany, unavailable } from "./failure.js";
import { connectionOf, type Found, type FoundPage, readPage } from "./found-page.js";
import { keyOf } from "./key-tree.js";
import { compileKnowSubjects } from "./known-subjects.js";
import { Disclosed, Mark } from "./mark.js";
import { type AskedSearch, readSearch } from "./read-search.js";
import { reportOn } from "./report.js";
import type { Run, Step } from "./run.js";
import { saysMore } from "./says-more.js";
import { searchText } from "./search-text.js";

/**
 * Searches by identity data, at the same door. Its order of effects, for every search:
 *
 *   1. decide   whether it may be made, on the identifier; no I/O
 *   2. record   that, permitted or not; without a record nothing is asked
 *   3. send     the search, canonical and with a grant for this identifier: of the answer only ids and cursors are read
 *   4. decide   about every person it found, on what the public half knows of her, until the client's page is full
 *   5. record   all of them: those who stay out, silently; those who are told of, with a receipt
 *   6. build    her page out of the persons who may be told of, and of nothing else
 *
 * INVARIANT: whoever may not be told of leaves no trace: no null, no error, no shorter page, no cursor, no `hasNextPage`, no receipt.
 */
export function compileSearches(node: FetchNode, half: HalfSchema, graph: GuardedGraph, schema: GraphQLSchema): Step {
  const fields = readFetch(node.operation).selectionSet.selections.flatMap((each) =>
    each.kind === Kind.FIELD ? [each] : [],
  );
  const searches = fields.map((field) => compileSearch(field, half, graph, schema));
  return async (run, root) => {
    for (const search of searches) await search(run, root);
  };
}

/** Pages of one search that are looked through, of at most 100 persons each. */
const mostPages = 100;

interface CompiledSearch {
  readonly key: string;
  readonly field: IdentityField;
  readonly search: IdentitySearch;
  readonly half: string;
  readonly query: string;
}

function compileSearch(node: FieldNode, half: HalfSchema, graph: GuardedGraph, schema: GraphQLSchema): Step {
  const query = schema.getQueryType();
  const definition = query?.getFields()[node.name.value];
  const field = graph.identity.get(query?.name ?? "")?.get(node.name.value);
  if (!definition || !field?.search) throw new Error(`${node.name.value} is no search: the plan was not verified`);
  const marked: IdentityField = field;
  const { search } = field;
  const compiled = {
    key: keyOf(node),
    field,
    search,
    half: half.name,
    query: searchText(field.field, search.identifier),
  };
  const knowSubjects = compileKnowSubjects(search.person, graph);

  return async (run, root) => {
    await run.doorReady;
    run.usedIdentity = true;
    const asked = readSearch(search.identifier, definition, node, run.variables);
    root[compiled.key] =
      "failure" in asked ? new Mark({ kind: "FAILED", failure: asked.failure }) : await find(run, asked);
  };

  async function find(run: Run, asked: AskedSearch): Promise<Disclosed | Mark> {
    const { identifier, first, after } = asked;
    const ask: Ask = {
      field: marked,
      entityType: query?.name ?? "",
      entityId: identifierText(identifier),
      subject: null,
      search: identifier,
    };
    const verdict = run.door.judge(ask);
    const receipt = await recorded(run, () => run.door.record([{ ask, verdict }]));
    if (receipt === null) return logMark;
    const closed = markOf(verdict, marked);
    if (closed) return closed;

    const people = await decidePeople(run, ask, receipt, asked);
    if (people instanceof Mark) return people;
    const { told, silent } = people;
    const kept = await recorded(run, async () => {
      await run.door.recordSilently(silent);
      return told.length > 0 ? run.door.record(told) : receipt;
    });
    if (kept === null) return logMark;
    const shown = told.slice(0, first);
    const connection = connectionOf(node.selectionSet, {
      person: search.person,
      found: shown.map(({ found }) => found),
      hasNextPage: told.length > first,
      hasPreviousPage: after !== null,
    });
    const persons = shown.map((each) => ({ ask: each.ask, rows: 1, receipt: kept, excessive: false }));
    return new Disclosed({ ask, rows: shown.length, receipt, excessive: false }, connection, persons);
  }

  /** Goes through the persons found, page by page, until one more may be told of than the client's page holds, or there are no more. */
  async function decidePeople(
    run: Run,
    ask: Ask,
    receipt: Receipt,
    { first, after }: AskedSearch,
  ): Promise<{ readonly told: readonly Decided[]; readonly silent: readonly Decided[] } | Mark> {
    const told: Decided[] = [];
    const silent: Decided[] = [];
    const seen = new Set<string>();
    let cursor = after;
    for (let count = 0; count < mostPages; count++) {
      const size = count === 0 ? Math.min(100, first + 1) : 100;
      const page = await fetchPage(run, compiled, ask, receipt, size, cursor);
      if (page instanceof Mark) return page;
      const found = page.found.filter(({ id }) => !seen.has(id) && seen.add(id));
      const subjects = await knowSubjects(
        run,
        found.map(({ id }) => id),
      );
      if (subjects instanceof Mark) return subjects;
      for (const [index, each] of found.entries()) {
        const subject = subjects[index] ?? null;
        const question = { ...ask, entityType: search.person, entityId: each.id, subject };
        const verdict = run.door.judge(question);
        const permitted = verdict.kind === "PERMITTED" && subject?.doubtful !== true;
        (permitted ? told : silent).push({ ask: question, verdict, found: each });
        if (told.length > first) return { told, silent };
      }
      if (page.next === null) return { told, silent };
      if (found.length === 0) return new Mark({ kind: "FAILED", failure: misshapen });
      cursor = page.next;
    }
    return new Mark({ kind: "FAILED", failure: tooMany });
  }
}

/** A person found, and what was decided about her. */
interface Decided {
  readonly ask: Ask;
  readonly verdict: ReturnType<Run["door"]["judge"]>;
  readonly found: Found;
}

async function fetchPage(
  run: Run,
  { field, search, half, query }: CompiledSearch,
  ask: Ask,
  receipt: Receipt,
  first: number,
  after: string | null,
): Promise<FoundPage | Mark> {
  const { kind: _kind, ...identifier } = ask.search as NonNullable<Ask["search"]>;
  const variables: Data = { ...identifier, first, after };
  const sent = await run.door
    .send(receipt, { half, query, variables, granted: [ask] }, run.signal)
    .catch((fault: unknown) =>
      fault instanceof WarrantGone ? new Mark({ kind: "DENIED", denial: fault.denialFor(ask) }) : unreachable,
    );
  if (sent instanceof Mark) return sent;
  run.disclosed = true;
  const answer = Answer.read(sent);
  if (answer.keys.length > 1 || saysMore(sent)) {
    reportOn(half, run)("FIELDS_NOT_ASKED");
    run.loose.add(excessive);
  }
  const value = answer.at(field.field);
  if (value instanceof Mark) return new Mark(value.cause);
  return readPage(value, search.person) ?? new Mark({ kind: "FAILED", failure: misshapen });
}

/** Null where the log could not be written. */
async function recorded<Result>(run: Run, write: () => Promise<Result>): Promise<Result | null> {
  try {
    return await write();
  } catch (fault) {
    if (!(fault instanceof LogUnavailable)) throw fault;
    run.failedLog = true;
    return null;
  }
}

const logMark = new Mark({ kind: "FAILED", failure: logUnavailable });
const unreachable = new Mark({ kind: "FAILED", failure: unavailable });
