import type { IdentityField } from "../../schema/identity/catalog.js";
import type { IdentifierKind } from "../../schema/identity/identifier.js";
import type { Decision } from "../../schema/law/decision.js";
import { askOnDeclaredAndKnown } from "./ask-the-law.js";
import { checkWarrant } from "./check-warrant.js";
import type { Circumstances } from "./circumstances.js";
import {
  type Access,
  atTheDoor,
  type Decided,
  deny,
  held,
  isHeld,
  type Ordered,
  ofLaw,
  preview,
  refuse,
  whyItemShut,
} from "./decide-access.js";
import { namesIdentifier } from "./names-identifier.js";
import type { Ask } from "./types.js";
import type { DoorItem, DoorTarget } from "./warrant.js";

/**
 * May this search be made (no subject), or this person be told whom it found? Pure. Both are decided for the target that names the identifier: the search on what the
 * authority declared about whoever stands behind it, since nobody is known yet; each person on what is known of her.
 *
 * INVARIANT: a search opens nothing else, by whatever identifier. A person whom it found is named by no target: what is kept of her is ordered by a warrant that names
 * her account. For an identifier is not a person: several may share it, it passes to others, and what an authority signs about somebody it does not know yet cannot
 * declare her facts. And an answer to another field would tell who stands behind the identifier without the decision about that.
 */
export function decideSearch(
  circumstances: Circumstances,
  { field, subject, search }: Required<Pick<Ask, "field" | "subject" | "search">>,
): Access {
  const checked = checkWarrant(circumstances);
  if ("obstacle" in checked) return refuse(field, checked.obstacle.code, checked.obstacle.reason);
  const { warrant } = checked;
  const { book, dryRun, now } = circumstances;
  if (book === undefined)
    return refuse(field, "WARRANT_NOT_USABLE", "The law in force could not be read just now. Nothing was disclosed.");

  const named = warrant.targets.filter(
    ({ named: by }) => by !== undefined && namesIdentifier(by, search, warrant.period),
  );
  const itemOf = (target: DoorTarget): DoorItem | undefined =>
    warrant.items.find((item) => item.targetId === target.id && item.category === field.category);
  const target = named.find((each) => isOpen(itemOf(each))) ?? named[0];
  if (target === undefined) return refuse(field, "SUBJECT_NOT_NAMED", notNamed[search.kind]);
  if (!warrant.categories.includes(field.category))
    return refuse(field, "CATEGORY_NOT_ORDERED", `The warrant does not order ${field.category} data.`);
  const item = itemOf(target);
  if (item === undefined)
    return refuse(field, "WARRANT_NOT_USABLE", "The warrant has no item for this identifier and category.");
  const shut = whyItemShut(item);
  if (shut !== null && !dryRun) return refuse(field, "WARRANT_NOT_USABLE", shut);

  const about = { warrant, category: field.category, at: now, book };
  const { declared, known } = askOnDeclaredAndKnown(about, target.believed, dryRun ? null : subject);
  const ordered = { warrant, item };
  if (known === null) {
    const { decision, questions } = declared();
    const decideOn = dryRun ? preview : onTheIdentifier;
    return { ...decideOn(field, ordered, decision, now), questions };
  }
  const decisions = { declared: () => declared().decision, known: known.decision };
  return { ...atTheDoor(field, ordered, decisions, now), questions: known.questions };
}

const notNamed: Readonly<Record<IdentifierKind, string>> = {
  IP_ADDRESS:
    "The warrant does not name this identifier: ask for an address it names, with the port it names, in a window of at most 24 hours around the moment it names and inside its period.",
  EMAIL:
    "The warrant does not name this identifier: ask for an e-mail address it names, with its dots and what follows a plus.",
  PHONE: "The warrant does not name this identifier: ask for a telephone number it names.",
};

function isOpen(item: DoorItem | undefined): boolean {
  return item !== undefined && whyItemShut(item) === null;
}

function onTheIdentifier(field: IdentityField, ordered: Ordered, declared: Decision, now: Date): Decided {
  const { code, effect, ruleId: rule, permitted } = declared;
  if (!permitted) return { verdict: deny(ofLaw(field, declared)), recorded: { permitted, code, effect, rule } };
  if (isHeld(ordered, declared, now))
    return {
      verdict: deny(held(field, ordered, declared)),
      recorded: { permitted: false, code: "HELD", effect, rule },
    };
  return { verdict: { kind: "PERMITTED", window: null }, recorded: { permitted, code, effect, rule } };
}
