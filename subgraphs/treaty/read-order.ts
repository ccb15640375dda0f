import { findOffence, type Order } from "../../schema/law/questions-for-warrant.js";
import type { RuleBook as LawBook } from "../../schema/law/rule-book.js";
import type { AuthorityKind } from "../../schema/law/vocabulary.js";
import { Refusal } from "../kit/refusal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { callerOf } from "./caller.js";
import type { PreviewInput } from "./types/inputs.js";

/** As the register has it. */
interface RegisteredAuthority {
  readonly kind: AuthorityKind;
  readonly country: string;
}

interface CaseFacts {
  readonly offences: readonly ({ readonly code: string } | null)[] | null;
  readonly committedOnline: boolean;
  readonly offenceCountry: string | null;
}

interface Known {
  readonly authority: RegisteredAuthority | null;
  readonly case: CaseFacts | null;
}

const document = `query WhoAsks($authority: ID!, $case: ID!, $hasCase: Boolean!) {
  authority(id: $authority) { kind country }
  case(id: $case) @include(if: $hasCase) { offences { code } committedOnline offenceCountry }
}`;

/** Without these there is no order to preview. */
export type MissingParty = "AUTHORITY" | "CASE";

/**
 * The order that a preview is about: kind and country of the authority by the register, offences by the case or the input; or what is missing: an
 * authority in the token, a case that the caller sees. Throws Refusal REGISTER where token and register differ, OFFENCE for a code that the table does
 * not hold for this state; GraphUnavailable.
 */
export async function readOrder(
  input: PreviewInput,
  book: LawBook,
  context: SubgraphContext,
): Promise<Order | MissingParty> {
  const { authority: authorityId, country } = callerOf(context);
  if (authorityId === null) return "AUTHORITY";
  const { caseId = null } = input;
  const known = await context.graph<Known>(document, {
    authority: authorityId,
    case: caseId ?? "",
    hasCase: caseId !== null,
  });
  const { authority } = known;
  if (authority === null || authority.country !== country) throw new Refusal("REGISTER");
  if (caseId !== null && known.case == null) return "CASE";

  const ofCase = known.case?.offences?.filter((offence) => offence !== null).map(({ code }) => code);
  const offenceCodes = input.offenceCodes ?? ofCase ?? [];
  if (offenceCodes.some((code) => findOffence(code, authority.country, book) === undefined))
    throw new Refusal("OFFENCE");
  return {
    requesting: authority.country,
    authority: authority.kind,
    validatedBy: input.validatedBy ?? null,
    platform: input.platform,
    kind: input.kind,
    offenceCodes,
    committedOnline: input.committedOnline === true || known.case?.committedOnline === true,
    offenceCountry: input.offenceCountry ?? known.case?.offenceCountry ?? null,
    solePurposeIdentification: input.solePurposeIdentification !== false,
    emergency: input.emergency,
  };
}
