import type { ReasonForPerson } from "./words.js";

/** What each reason means to the person at the provider, and what she can do. None names a fact about anybody. */
export const forPersonTexts: Readonly<Record<ReasonForPerson, string>> = {
  NOT_COVERED:
    "The acceptance policy does not cover it, which names categories of data to be produced and states: decide yourself, or set another policy.",
  EMERGENCY: "It is an emergency: call the authority back and approve it, then a second person accepts.",
  HELD: "The enforcing authority has a say about it: accept or contest it yourself; the hold runs either way.",
  PROTECTED_ROLE: "The order says that the person has a protected role: look whether immunities were checked.",
  NOT_RESOLVED:
    "The target names no account: see `target { resolution }`, then accept it, or answer that the data are not held.",
  NOT_DECLARED: "The order does not say where the person lives: compare it with what you know, then decide.",
  DECLARED_OTHERWISE:
    "An authority of this state has declared something else about the same account: ask which is meant.",
  FIRST_ORDER: "No person here has accepted an order of this authority before: make sure that it is the authority.",
  FIRST_WITH_KEY: "No person here has accepted an order under this key before: make sure that it is the authority's.",
  CONTESTED_BEFORE: "It was contested: read the authority's answer, then decide.",
  NOT_COMPULSORY: "No instrument compels it without a hold today: see `decision`, then accept or refuse it.",
  NOT_AUTHENTIC: "Its text or a signature does not hold any more: contest it.",
  PERSON:
    "What is known of the person is not what the order says, is not known, or protects her: compare it with the order, then accept or contest.",
};
