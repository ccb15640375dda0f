import type { Principal } from "../../schema/principal.js";
import type { EntityManager, SubgraphContext } from "../kit/subgraph.js";
import { chooseNamed } from "./ask-log.js";
import { Case } from "./entities/case.js";
import { Warrant } from "./entities/warrant.js";

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

/** The warrants that the principal sees; null: none. */
export function warrantsSeenBy(context: SubgraphContext, caller: Principal): Sight<Warrant> | null {
  const { role, authority, country, platform } = caller;
  switch (role) {
    case "JUDICIAL":
      return authority === null ? null : every({ authorityId: authority });
    case "PROVIDER":
      return platform === null ? null : every(issuedTo(platform));
    case "CENTRAL_AUTHORITY":
      return country === null ? null : every({ country });
    case "AUDITOR":
      return {
        where: { $and: [country === null ? {} : { country }, platform === null ? {} : issuedTo(platform)] },
        choose: (rows) => chooseNamed(context, "warrants", rows),
      };
    default:
      return null;
  }
}

/** The cases that the principal sees; null: none. */
export function casesSeenBy(context: SubgraphContext, caller: Principal): Sight<Case> | null {
  const { role, authority, country, platform } = caller;
  switch (role) {
    case "JUDICIAL":
      return authority === null ? null : every({ authorityId: authority });
    case "CENTRAL_AUTHORITY":
      return country === null ? null : every({ country });
    case "AUDITOR":
      return {
        where: {
          $and: [country === null ? {} : { country }, platform === null ? {} : withWarrantTo(context.em, platform)],
        },
        choose: (rows) => chooseNamed(context, "cases", rows),
      };
    default:
      return null;
  }
}

/** The register of authorities is open to everybody who deals with orders. */
export function seesAuthorities({ role }: Principal): boolean {
  return role !== "ENGINEER" && role !== "GATEWAY" && role !== "SERVICE";
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

function withWarrantTo(em: EntityManager, platform: string): object {
  const cases = em
    .createQueryBuilder(Warrant)
    .select("caseId")
    .where({ platform, issuedAt: { $ne: null } })
    .toRaw();
  return { id: { $in: cases } };
}
