import type { IdentityField } from "../../schema/identity/catalog.js";
import { factsField } from "../../schema/identity/identity-spec.js";
import {
  type Ask,
  type DecidedAsk,
  type GraphQLAnswer,
  LogUnavailable,
  type Receipt,
  WarrantGone,
} from "../door/types.js";
import { refuse } from "../respond/refuse.js";
import { Answer } from "./answer.js";
import { asksAbout, decide } from "./decide.js";
import type { Decided } from "./decided.js";
import { excessive, logUnavailable, unavailable } from "./failure.js";
import type { EntityFetch } from "./fetch-entities.js";
import { type Lot, missingFor } from "./lot.js";
import { Mark, putMark } from "./mark.js";
import { type CompilingPassage, compileIdentityTypes, type IdentityType, receiversFor } from "./passage.js";
import { compileRegroup, type Group } from "./regroup.js";
import { reportOn } from "./report.js";
import type { Run, Step } from "./run.js";
import { saysMore } from "./says-more.js";
import { settleGroup } from "./settle-group.js";
import { noteTransfer, type Transfers, transfersOf } from "./transfers.js";

/**
 * The door: the one place where identity data is fetched. Its order of effects, for every passage:
 *
 *   1. decide   every field of every entity, from what the public halves said of the person; no I/O
 *   2. record   all decisions, permitted or not, and what is sent on to the half itself as a transfer; without a record nothing is fetched
 *   3. send     for what is permitted alone, regrouped so that no denied entity or field is even named
 *   4. check    that the answer is the one that was asked for
 *
 * When everything is denied it takes the same way and ends after 2.
 */
export function compilePassage(fetch: EntityFetch, compiling: CompilingPassage): Step {
  const typeOf = compileIdentityTypes(fetch, compiling);
  const service = fetch.half.service ?? "";
  const regroup = compileRegroup(fetch.operation.variableDefinitions ?? []);
  return async (run, root) => {
    const present = fetch.inputs.flatMap((input) =>
      input.gather(root, run.shared).map((lot) => ({ lot, of: typeOf(input, lot) })),
    );
    if (present.length === 0) return;
    await run.doorReady;

    const passage = judge(run, present);
    if (passage.decided.length === 0) return;
    run.usedIdentity = true;
    const transfers = transfersOf(run, passage.groups, service, compiling.graph);
    const receipt = await record(run, passage, transfers);
    if (!receipt) return;
    for (const { lot, key, mark } of passage.closed) putMarks(lot, key, mark);
    if (passage.groups.length === 0) return;

    const came = await send(run, receipt, fetch.half.name, passage, regroup(passage.groups, run.variables));
    if (!came) return;
    run.disclosed = true;
    const answer = Answer.read(came);
    for (const { ask } of transfers.sent) run.door.released(ask, 1, run.recordedTransfers.get(ask) ?? receipt);
    for (const failure of answer.loose) run.loose.add(failure);
    const report = reportOn(fetch.half.name, run);
    if (answer.keys.length > passage.groups.length || saysMore(came)) {
      report("FIELDS_NOT_ASKED");
      run.loose.add(excessive);
    }
    const settling = { receipt, variables: run.variables, report };
    for (const [index, group] of passage.groups.entries()) settleGroup(group, index, answer, settling);
  };
}

/**
 * One operation may ask about this many persons: each is decided, recorded in a leaf of her own and named in the grant. Beyond it the operation ends before
 * anything of this passage is decided, and nothing of it is answered.
 */
const mostPersons = 1_000;

function limitPersons({ subjects }: Run): void {
  if (subjects.count > mostPersons)
    throw refuse(
      "OPERATION_TOO_COSTLY",
      `The operation asks for identity data of more than ${mostPersons} persons: ask for shorter pages.`,
    );
}

interface Present {
  readonly lot: Lot;
  readonly of: IdentityType;
}

/** A field that the door keeps shut; it is told only once it is recorded. */
interface Closed {
  readonly lot: Lot;
  readonly key: string;
  readonly mark: Mark;
}

interface Passage {
  /** What is recorded, each once. */
  readonly decided: readonly DecidedAsk[];
  readonly closed: readonly Closed[];
  readonly groups: readonly Group[];
}

function judge(run: Run, present: readonly Present[]): Passage {
  for (const { lot, of } of present) {
    for (const { path, entity } of of.persons)
      if (!lot.blocked?.has(path[0] ?? factsField))
        run.subjects.meet(entity + keyOf(lot, of), lot.representation, path);
  }
  limitPersons(run);
  const decided = new Map<Ask, DecidedAsk>();
  const closed: Closed[] = [];
  const groups: Group[] = [];
  for (const { lot, of } of present) {
    const open = judgeLot(run, lot, of, decided, closed);
    if (open.mask > 0) groupFor(groups, of, open.mask).members.push({ lot, decided: open.decided });
  }
  return { decided: [...decided.values()], closed, groups };
}

/** Puts marks where nothing can be asked for, notes what is closed, and gives what may be asked: the sum of the fields' weights, and each field's answer. */
function judgeLot(
  run: Run,
  lot: Lot,
  of: IdentityType,
  all: Map<Ask, DecidedAsk>,
  closed: Closed[],
): { mask: number; decided: Map<string, Decided> } {
  const decided = new Map<string, Decided>();
  let mask = 0;
  for (const { entity, fields } of of.persons) {
    const asks = asksAbout(run, entity + keyOf(lot, of));
    for (const asked of fields) {
      const { field, weight, needs, units } = asked;
      const missing = lot.blocked && missingFor(lot.blocked, needs);
      const answer = missing && !isClosed(missing) ? null : decide(run, asks, field, of.type, keyOf(lot, of));
      if (answer && (answer.mark || !missing)) noteDecided(run, answer, receiversFor(asked, lot), all);
      if (answer?.mark) for (const { key } of units) closed.push({ lot, key, mark: answer.mark });
      else if (missing) for (const { key } of units) putMarks(lot, key, missing);
      else if (answer) {
        mask += weight;
        decided.set(field.field, answer);
      }
    }
  }
  return { mask, decided };
}

/** True where what a field requires was kept shut: then the same question is put, and recorded, about the field itself. */
function isClosed({ cause }: Mark): boolean {
  return cause.kind !== "FAILED";
}

/** What is fetched for nothing but a transfer is recorded as one, under the name of each receiver; all else as a disclosure. */
function noteDecided(run: Run, { ask, verdict }: Decided, sentOn: readonly string[], all: Map<Ask, DecidedAsk>): void {
  if (sentOn.length === 0) all.set(ask, { ask, verdict });
  for (const service of sentOn) {
    const transfer = noteTransfer(run, ask, service);
    all.set(transfer, { ask: transfer, verdict, sentTo: service });
  }
}

function groupFor(groups: Group[], of: IdentityType, mask: number): Group {
  for (const group of groups) if (group.of.id === of.id && group.mask === mask) return group;
  const fields = of.persons.flatMap((person) => person.fields);
  const units = fields.flatMap((each) => (Math.floor(mask / each.weight) % 2 === 1 ? each.units : []));
  const group = { of, mask, units, members: [] };
  groups.push(group);
  return group;
}

/** Null where the log could not be written: then everything stays shut, and not even a denial is told without a record of it. */
async function record(
  run: Run,
  { decided, closed, groups }: Passage,
  { unrecorded }: Transfers,
): Promise<Receipt | null> {
  try {
    const receipt = await run.door.record([...decided, ...unrecorded]);
    for (const { ask, sentTo } of [...decided, ...unrecorded])
      if (sentTo !== undefined) run.recordedTransfers.set(ask, receipt);
    return receipt;
  } catch (fault) {
    if (!(fault instanceof LogUnavailable)) throw fault;
    run.failedLog = true;
    shut(groups, () => logMark);
    for (const { lot, key } of closed) putMarks(lot, key, logMark);
    return null;
  }
}

/** Null where nothing came back: the warrant is gone, or the half cannot be reached. */
async function send(
  run: Run,
  receipt: Receipt,
  half: string,
  { groups }: Passage,
  asked: { query: string; variables: Record<string, unknown> },
): Promise<GraphQLAnswer | null> {
  const granted = new Set<Ask>();
  for (const { members } of groups)
    for (const { decided } of members) for (const { ask } of decided.values()) granted.add(ask);
  try {
    return await run.door.send(receipt, { half, ...asked, granted: [...granted] }, run.signal);
  } catch (fault) {
    shut(groups, (decided) =>
      fault instanceof WarrantGone ? new Mark({ kind: "DENIED", denial: fault.denialFor(decided.ask) }) : unreachable,
    );
    return null;
  }
}

const logMark = new Mark({ kind: "FAILED", failure: logUnavailable });
const unreachable = new Mark({ kind: "FAILED", failure: unavailable });

function shut(groups: readonly Group[], markFor: (decided: Decided) => Mark): void {
  for (const { units, members } of groups) {
    for (const { lot, decided } of members) {
      const marks = new Map<IdentityField, Mark>();
      for (const { field, key } of units) {
        const mark = marks.get(field) ?? markFor(decided.get(field.field) as Decided);
        marks.set(field, mark);
        putMarks(lot, key, mark);
      }
    }
  }
}

function putMarks({ targets }: Lot, key: string, mark: Mark): void {
  for (const target of targets) putMark(target, key, mark);
}

function keyOf({ representation }: Lot, { key }: IdentityType): string {
  return String(representation[key]);
}
