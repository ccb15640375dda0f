import type { AuthorityKind } from "../../../schema/law/vocabulary.js";
import type { Authority } from "../entities/authority.js";
import { type ExportedWarrant, instant, notChecked, original } from "./exported-warrant.js";

const roleOf = (kind: AuthorityKind): string => {
  if (kind === "PUBLIC_PROSECUTOR") return "PublicProsecutor";
  if (kind === "JUDGE" || kind === "COURT" || kind === "INVESTIGATING_JUDGE") return "JudgeCourtOrInvestigatingJudge";
  return "OtherCompetentAuthority";
};

const describe = ({ id, name, country, kind }: Authority): object => ({ id, name, country, kind, role: roleOf(kind) });

/**
 * The warrant along the sections of the certificate of a European Production or Preservation Order (Regulation (EU) 2023/1543, Annexes I and II), as JSON.
 * Section M, which is not for the addressee, is left out.
 */
export function toEpocForm({ warrant, case: inCase, issuing, validating, targets, items }: ExportedWarrant): object {
  const deadline = items.flatMap(({ deadlineAt }) => (deadlineAt === null ? [] : [deadlineAt.getTime()]));
  return {
    notice: notChecked,
    form: warrant.kind === "PRODUCTION" ? "EPOC-FORM_1" : "EPOC-PR-FORM-2",
    A: { issuingOrValidatingAuthority: issuing.name, issuingState: issuing.country, file: inCase.reference },
    B: { addressee: warrant.platform, emergency: warrant.emergency, emergencyGround: warrant.emergencyGround },
    C: {
      issuedAt: instant(warrant.issuedAt),
      priority: warrant.emergency ? "EightHours" : "TenDaysASAP",
      answerBy: deadline.length === 0 ? null : new Date(Math.min(...deadline)).toISOString(),
    },
    D: { replaces: warrant.replacesId, preserves: warrant.preservesId },
    E: targets.map(({ id, kind, value, at }) => ({ id, kind, value, at: instant(at) })),
    F: {
      categories: warrant.categories,
      period: warrant.periodFrom && { from: instant(warrant.periodFrom), to: instant(warrant.periodTo) },
      solePurposeIdentification: warrant.solePurposeIdentification,
      items: items.map(({ id, targetId, category }) => ({ id, target: targetId, category })),
    },
    G: {
      offences: inCase.offenceCodes,
      committedOnline: inCase.committedOnline,
      offenceCountry: inCase.offenceCountry,
      expiresAt: instant(warrant.expiresAt),
    },
    H: { userIsInformedBy: "ISSUING_AUTHORITY" },
    I: describe(issuing),
    J: validating && describe(validating),
    K: { notifiedStates: [...new Set(items.flatMap(({ notifiedCountry }) => notifiedCountry ?? []))] },
    L: { transferTo: validating === null ? "IssuingAuthority" : "ValidatingAuthority" },
    original: original(warrant),
  };
}
