import type { Principal } from "../../schema/principal.js";
import { loadEntity } from "../kit/load-entity.js";
import type { EntityManager, SubgraphContext } from "../kit/subgraph.js";
import { chooseNamed } from "./ask-log.js";
import { readCaller } from "./caller.js";
import { Authority } from "./entities/authority.js";
import type { Case } from "./entities/case.js";
import { CaseShare } from "./entities/case-share.js";
import type { Obligation } from "./entities/obligation.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantItem } from "./entities/warrant-item.js";

/**
 * Who sees what, in one place. What one may not see is not found. A provider, and an auditor of a platform, sees a warrant from its issue on: a draft
 * that was revoked was never theirs to know. An auditor sees, within her scope, what the records of her scope name, and nothing else.
 */
export interface Sight<Row> {
  /** A condition of every query. */
  readonly where: object;
  /** Which of the rows that fulfil it are seen, in their order; null: all. */
  readonly choose: ((rows: readonly Row[]) => Promise<readonly Row[]>) | null;
}

/** The warrants that the caller sees; null: none. */
export async function warrantsSeenBy(context: SubgraphContext): Promise<Sight<Warrant> | null> {
  const { role, authority, country, platform } = await readCaller(context);
  switch (role) {
    case "JUDICIAL":
      return authority === null
        ? null
        : every({
            $or: [
              { authorityId: authority },
              { caseId: { $in: casesSharedWith(context.em, authority) } },
              ...(await toValidate(context, authority)),
            ],
          });
    case "PROVIDER":
      return platform === null ? null : every(issuedTo(platform));
    case "CENTRAL_AUTHORITY":
      return country === null ? null : every({ country });
    case "ENFORCING_AUTHORITY":
      return country === null ? null : every({ issuedAt: { $ne: null }, id: { $in: notifiedTo(context.em, country) } });
    case "AUDITOR":
      return {
        where: { $and: [country === null ? {} : { country }, platform === null ? {} : issuedTo(platform)] },
        choose: (rows) => chooseNamed(context, "warrants", rows),
      };
    default:
      return null;
  }
}

/** The cases that the caller sees; null: none. Whoever validates a warrant reads the case that it rests on. */
export async function casesSeenBy(context: SubgraphContext): Promise<Sight<Case> | null> {
  const { role, authority, country, platform } = await readCaller(context);
  const { em } = context;
  switch (role) {
    case "JUDICIAL":
      return authority === null
        ? null
        : every({
            $or: [
              { authorityId: authority },
              { id: { $in: casesSharedWith(em, authority) } },
              { id: { $in: casesOf(em, { $or: await toValidate(context, authority) }) } },
            ],
          });
    case "CENTRAL_AUTHORITY":
      return country === null ? null : every({ country });
    case "AUDITOR":
      return {
        where: {
          $and: [
            country === null ? {} : { country },
            platform === null ? {} : { id: { $in: casesOf(em, issuedTo(platform)) } },
          ],
        },
        choose: (rows) => chooseNamed(context, "cases", rows),
      };
    default:
      return null;
  }
}

/** The obligations that the caller sees: those of the warrants that she sees; null: none. */
export async function obligationsSeenBy(context: SubgraphContext): Promise<Sight<Obligation> | null> {
  const sight = await warrantsSeenBy(context);
  if (sight === null) return null;
  const warrants = context.em.createQueryBuilder(Warrant).select("id").where(sight.where).toRaw();
  const where = { warrantId: { $in: warrants } };
  const { role } = await readCaller(context);
  if (role !== "AUDITOR") return every(where);
  return {
    where,
    choose: async (rows) => {
      const ids = [...new Set(rows.map(({ warrantId }) => warrantId))].map((id) => ({ id }));
      const named = new Set((await chooseNamed(context, "warrants", ids)).map(({ id }) => id));
      return rows.filter(({ warrantId }) => named.has(warrantId));
    },
  };
}

/** How an authority is called back is for those who must check that it is really asking. */
export function seesChannels({ role }: Principal): boolean {
  return role === "PROVIDER";
}

/** The register of authorities is open to everybody who deals with orders. */
export function seesAuthorities({ role }: Principal): boolean {
  return role !== "ENGINEER" && role !== "GATEWAY" && role !== "SERVICE";
}

/** The provider and the enforcing authority read a warrant's life from its issue on. */
export function seesFromIssue({ role }: Principal): boolean {
  return role === "PROVIDER" || role === "ENFORCING_AUTHORITY";
}

/** How an order was accepted, by whom and why not by itself, rests on known facts: the provider's own, and open to auditors. */
export function seesHowAccepted({ role }: Principal): boolean {
  return role === "PROVIDER" || role === "AUDITOR";
}

/** Everybody else may read why the data are needed; the provider never. */
export function seesNecessity({ role }: Principal): boolean {
  return role !== "PROVIDER";
}

function every(where: object): { readonly where: object; readonly choose: null } {
  return { where, choose: null };
}

function issuedTo(platform: string): object {
  return { platform, issuedAt: { $ne: null } };
}

/** What an authority validated, or declined to; and what waits for a validation by one of its kind, in its country. */
async function toValidate(context: SubgraphContext, authorityId: string): Promise<object[]> {
  const authority = await loadEntity(context, Authority, authorityId);
  if (authority === null) return [];
  const { kind, country } = authority;
  return [
    { validatingAuthorityId: authorityId },
    {
      ...{ country, validatingAuthorityId: null, validators: { $contains: [kind] } },
      $or: [{ status: "AWAITING_VALIDATION" }, { validationDueAt: { $gt: context.clock() } }],
    },
  ];
}

function notifiedTo(em: EntityManager, notifiedCountry: string): unknown {
  return em.createQueryBuilder(WarrantItem).select("warrantId").where({ notifiedCountry }).toRaw();
}

function casesSharedWith(em: EntityManager, authorityId: string): unknown {
  return em.createQueryBuilder(CaseShare).select("caseId").where({ authorityId }).toRaw();
}

function casesOf(em: EntityManager, where: object): unknown {
  return em.createQueryBuilder(Warrant).select("caseId").where(where).toRaw();
}
