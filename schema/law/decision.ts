import type { DataCategory, Effect, LawCode, NextStepKind, ObligationKind, Party } from "./vocabulary.js";

/** A source of law, as printed. */
export interface Citation {
  readonly id: string;
  readonly title: string;
  readonly locator: string | null;
  readonly url: string | null;
  readonly confirmed: boolean;
}

/** What is open in one rule that would otherwise permit. `actual` is null where the fact is about a person. */
export interface Condition {
  readonly ruleId: string;
  readonly fact: string;
  readonly expected: string;
  readonly actual: string | null;
}

export interface NextStep {
  readonly kind: NextStepKind;
  readonly ruleId: string | null;
  readonly typicalDays: number | null;
  readonly text: string;
}

/** A duty that comes with a decision. */
export interface Duty {
  readonly kind: ObligationKind;
  readonly owner: Party;
  /** Hours after issue; null where the rule sets none. */
  readonly dueHours: number | null;
  readonly text: string;
  readonly citations: readonly Citation[];
}

/** The answer of the law, with everything it rests on. A value: it can be stored, compared and replayed. */
export interface Decision {
  readonly category: DataCategory;
  readonly effect: Effect;
  /** The nearest obstacle, not the last resort. */
  readonly code: LawCode;
  /** True for the three disclosing PERMITs; a hold still shuts the door. */
  readonly permitted: boolean;
  /** The rule that decided; null where no rule of the book applies at all. */
  readonly ruleId: string | null;
  /** One or two sentences the judge can act on, with the citation. Never spells out a fact about the person. */
  readonly reason: string;
  readonly unmet: readonly Condition[];
  /** Ids of the MLA and preservation rules that match; empty where permitted. */
  readonly channels: readonly string[];
  readonly nextSteps: readonly NextStep[];
  readonly obligations: readonly Duty[];
  readonly citations: readonly Citation[];
  readonly providerCountry: string | null;
  readonly deadlineHours: number | null;
  /** Hours from issue during which the door stays shut; null: no hold. */
  readonly holdHours: number | null;
  readonly ruleBook: { readonly version: string; readonly hash: string };
}
