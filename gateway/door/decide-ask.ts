import type { IdentityField } from "../../schema/identity/catalog.js";
import { identifierText } from "../../schema/identity/identifier.js";
import { type ByValues, below, byValues } from "./by-values.js";
import type { Circumstances } from "./circumstances.js";
import { type Access, decideAccess } from "./decide-access.js";
import { decideSearch } from "./decide-search.js";
import { itemOf, targetOf } from "./find-in-warrant.js";
import type { Ask, Subject } from "./types.js";

/** The answer of the door to one question. Pure. */
export function decideAsk(circumstances: Circumstances, ask: Ask): Access {
  const { field, subject, search } = ask;
  return search === undefined
    ? decideAccess(circumstances, field, subject)
    : decideSearch(circumstances, { field, subject, search });
}

/** Answers by everything that they rest on. */
type Answers = ByValues<Access>;

/**
 * Answers the questions of one operation under the same circumstances. Every person is decided: her target and its item are looked up, and what is known of her. Where all of it is
 * as it was for somebody before her, she has the same answer, the same object: the law is pure, so a thousand persons ask it as often as they differ.
 * @param told what is made of an answer when it is given for the first time.
 */
export function openDecisions(circumstances: Circumstances, told: (access: Access) => Access): (ask: Ask) => Access {
  const searches: Answers = byValues();
  const kinds: Answers = byValues();
  const ofField = new Map<IdentityField, Answers>();

  function kindOf(field: IdentityField): Answers {
    const known = ofField.get(field) ?? below(below(kinds, field.category), field.at !== null);
    ofField.set(field, known);
    return known;
  }

  function placeOf({ field, subject, search }: Ask): Answers {
    if (search !== undefined)
      return onFacts(below(searches, `${field.coordinate} by ${identifierText(search)}`), subject);
    const named = onFacts(kindOf(field), subject);
    return subject === null ? named : onWarrant(named, circumstances, subject, field);
  }

  return (ask) => {
    const place = placeOf(ask);
    place.kept ??= told(decideAsk(circumstances, ask));
    return place.kept;
  };
}

/** By what is known of the person. */
function onFacts(answers: Answers, subject: Subject | null): Answers {
  if (subject === null) return answers;
  const { providerCountry, residence, nationality, locatedIn, protectedRole } = subject.facts;
  return below(below(below(below(below(answers, providerCountry), residence), nationality), locatedIn), protectedRole);
}

/** By what the warrant says of the person: whether it names her, what was declared of her, and the state of her item. */
function onWarrant(answers: Answers, { warrant }: Circumstances, subject: Subject, field: IdentityField): Answers {
  const target = warrant && targetOf(warrant, subject.id);
  if (warrant === undefined || target === undefined) return below(answers, "not named");
  const { residence, nationality, locatedIn, protectedRole } = target.believed;
  const declared = below(below(below(below(answers, residence), nationality), locatedIn), protectedRole);
  const item = itemOf(warrant, target, field.category);
  if (item === undefined) return below(declared, "no item");
  return below(below(below(declared, item.status), item.heldUntil), item.cleared);
}
