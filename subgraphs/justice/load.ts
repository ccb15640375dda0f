import type { EntityClass, FilterQuery } from "@mikro-orm/core";
import { loadBy } from "../kit/load-by.js";
import { loadEntity } from "../kit/load-entity.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { readCaller } from "./caller.js";
import { isStorable } from "./check-text.js";
import { Authority } from "./entities/authority.js";
import { Case } from "./entities/case.js";
import { Obligation } from "./entities/obligation.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantEvent } from "./entities/warrant-event.js";
import { WarrantItem } from "./entities/warrant-item.js";
import { WarrantTarget } from "./entities/warrant-target.js";
import type { Asking } from "./legal-question.js";
import { type Background, backgroundOf, reasonsForPerson } from "./reasons-for-person.js";
import { casesSeenBy, type Sight, warrantsSeenBy } from "./sight.js";
import type { ReasonForPerson } from "./words.js";

/** One batch a tick for every way from one thing to another; by id only what the caller sees. */

/** A warrant that the caller sees, or null. */
export function findWarrant(context: SubgraphContext, id: string): Promise<Warrant | null> {
  return warrants(context).load(id);
}

/** A case that the caller sees, or null. */
export function findCase(context: SubgraphContext, id: string): Promise<Case | null> {
  return cases(context).load(id);
}

/** An item of a warrant that the caller sees, or null. */
export async function findItem(context: SubgraphContext, id: string): Promise<WarrantItem | null> {
  const item = isStorable(id) ? await loadEntity(context, WarrantItem, id) : null;
  return item && (await findWarrant(context, item.warrantId)) ? item : null;
}

/** The targets of a warrant, in their order. */
export async function targetsOf(context: SubgraphContext, warrant: Warrant): Promise<WarrantTarget[]> {
  return (await targets(context).load(warrant.id)) ?? [];
}

/** The items of a warrant, in their order: target by target. */
export async function itemsOf(context: SubgraphContext, warrant: Pick<Warrant, "id">): Promise<WarrantItem[]> {
  return (await items(context).load(warrant.id)) ?? [];
}

/** The acts of a warrant, oldest first. */
export async function eventsOf(context: SubgraphContext, warrant: Warrant): Promise<WarrantEvent[]> {
  return (await events(context).load(warrant.id)) ?? [];
}

/** The obligations of a warrant, in the order in which they fall due, those without a date last. */
export async function obligationsOf(context: SubgraphContext, warrant: Warrant): Promise<Obligation[]> {
  return (await obligations(context).load(warrant.id)) ?? [];
}

/** Why a person at the provider decides about an item, as far as the order itself tells. */
export async function reasonsOf(context: SubgraphContext, item: WarrantItem): Promise<ReasonForPerson[]> {
  const [warrant, target] = await Promise.all([warrantOf(context, item), targetOf(context, item)]);
  const background = await backgrounds(context).load(warrant.id);
  return background === null ? [] : reasonsForPerson(item, target, warrant, background);
}

/** An obligation of a warrant that the caller sees, or null. */
export async function findObligation(context: SubgraphContext, id: string): Promise<Obligation | null> {
  const obligation = isStorable(id) ? await loadEntity(context, Obligation, id) : null;
  return obligation && (await findWarrant(context, obligation.warrantId)) ? obligation : null;
}

/** The case of a warrant, for what the law is asked; whoever sees the warrant need not see the case. */
export async function caseOf(context: SubgraphContext, warrant: Warrant): Promise<Case> {
  const found = await casesOfWarrants(context).load(warrant.caseId);
  if (found === null) throw new Error(`warrant ${warrant.id} has no case`);
  return found;
}

/** The warrant of an item that the caller sees. */
export async function warrantOf(context: SubgraphContext, item: WarrantItem): Promise<Warrant> {
  const warrant = await findWarrant(context, item.warrantId);
  if (warrant === null) throw new Error(`item ${item.id} without its warrant`);
  return warrant;
}

/** The target of an item. */
export async function targetOf(context: SubgraphContext, item: WarrantItem): Promise<WarrantTarget> {
  const found = (await targets(context).load(item.warrantId))?.find(({ id }) => id === item.targetId);
  if (!found) throw new Error(`item ${item.id} without its target`);
  return found;
}

/** Everything about a warrant that questions to the law are made of. Whoever could validate it is told what the law says with her validation. */
export async function askingOf(context: SubgraphContext, warrant: Warrant, at: Date): Promise<Asking> {
  const validatorId = warrant.validatingAuthorityId ?? (await couldValidate(context, warrant));
  const [inCase, authority, validator] = await Promise.all([
    caseOf(context, warrant),
    loadEntity(context, Authority, warrant.authorityId),
    validatorId === null ? null : loadEntity(context, Authority, validatorId),
  ]);
  if (authority === null) throw new Error(`warrant ${warrant.id} without its authority`);
  return { warrant, case: inCase, authority, validatedBy: validator?.kind ?? null, at };
}

/** The caller's authority, if it could validate this warrant; else null. */
async function couldValidate(context: SubgraphContext, { authorityId, validators }: Warrant): Promise<string | null> {
  if (validators.length === 0) return null;
  const { role, authority } = await readCaller(context);
  if (role !== "JUDICIAL" || authority === null || authority === authorityId) return null;
  const own = await loadEntity(context, Authority, authority);
  return own !== null && validators.includes(own.kind) ? own.id : null;
}

/** After an act: what this request has read of the warrant is old. */
export function forgetWarrant(context: SubgraphContext, id: string): void {
  context.em.clear();
  warrants(context).clear(id);
  items(context).clear(id);
  events(context).clear(id);
  obligations(context).clear(id);
}

/** After an act on a case. */
export function forgetCase(context: SubgraphContext, id: string): void {
  context.em.clear();
  cases(context).clear(id);
  casesOfWarrants(context).clear(id);
}

const warrants = (context: SubgraphContext) =>
  loadBy<string, Warrant>(context, "visible Warrant", async (ids) =>
    findSeen(context, Warrant, await warrantsSeenBy(context), ids),
  );

const cases = (context: SubgraphContext) =>
  loadBy<string, Case>(context, "visible Case", async (ids) =>
    findSeen(context, Case, await casesSeenBy(context), ids),
  );

async function findSeen<Row extends { id: string }>(
  { em }: SubgraphContext,
  entity: EntityClass<Row>,
  sight: Sight<Row> | null,
  ids: readonly string[],
): Promise<Map<string, Row>> {
  if (sight === null) return new Map();
  const where = { $and: [sight.where, { id: { $in: ids.filter(isStorable) } }] } as unknown as FilterQuery<
    NoInfer<Row>
  >;
  const found = (await em.find(entity, where)) as Row[];
  return byId(sight.choose === null ? found : await sight.choose(found));
}

const casesOfWarrants = (context: SubgraphContext) =>
  loadBy<string, Case>(context, "Case of Warrant", async (ids) =>
    byId(await context.em.find(Case, { id: { $in: [...ids] } })),
  );

const targets = (context: SubgraphContext) =>
  loadBy<string, WarrantTarget[]>(context, "targets of Warrant", async (ids) =>
    byWarrant(await context.em.find(WarrantTarget, { warrantId: { $in: [...ids] } }, { orderBy: { position: "asc" } })),
  );

const items = (context: SubgraphContext) =>
  loadBy<string, WarrantItem[]>(context, "items of Warrant", async (ids) =>
    byWarrant(await context.em.find(WarrantItem, { warrantId: { $in: [...ids] } }, { orderBy: { position: "asc" } })),
  );

/** Of warrants that were loaded before. */
const backgrounds = (context: SubgraphContext) =>
  loadBy<string, Background>(context, "background of Warrant", async (ids) => {
    const read = ids.map(async (id) => {
      const warrant = await findWarrant(context, id);
      return warrant && ([id, await backgroundOf(context.em, warrant, await targetsOf(context, warrant))] as const);
    });
    return new Map((await Promise.all(read)).filter((each) => each !== null));
  });

const events = (context: SubgraphContext) =>
  loadBy<string, WarrantEvent[]>(context, "history of Warrant", async (ids) =>
    byWarrant(await context.em.find(WarrantEvent, { warrantId: { $in: [...ids] } }, { orderBy: { version: "asc" } })),
  );

const obligations = (context: SubgraphContext) =>
  loadBy<string, Obligation[]>(context, "obligations of Warrant", async (ids) =>
    byWarrant(
      await context.em.find(
        Obligation,
        { warrantId: { $in: [...ids] } },
        { orderBy: [{ dueAt: "asc nulls last" }, { id: "asc" }] },
      ),
    ),
  );

function byId<Row extends { id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

function byWarrant<Row extends { warrantId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const lists = new Map<string, Row[]>();
  for (const row of rows) {
    const list = lists.get(row.warrantId);
    if (list) list.push(row);
    else lists.set(row.warrantId, [row]);
  }
  return lists;
}
