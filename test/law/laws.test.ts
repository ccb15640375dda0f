import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decide } from "../../schema/law/decide.js";
import { isDisclosing } from "../../schema/law/findings.js";
import type { Question } from "../../schema/law/question.js";
import type { Rule } from "../../schema/law/rule.js";
import type { RuleBook } from "../../schema/law/rule-book.js";
import { type AuthorityKind, authorityKinds, dataCategories, lawCodes } from "../../schema/law/vocabulary.js";
import { Random } from "../fuzz/random.js";
import { questions, runs } from "./aimed-questions.js";
import { book, changedBook, type Draft, ruleOf } from "./book.js";
import { midnight, shiftDay } from "./cedar/midnight.js";
import { varyBook } from "./cedar/vary-book.js";

/** The law of the day, and others in which constructs meet that do not meet in it. */
const books = [book, ...[1, 2, 3, 4, 5, 6].map((seed) => varyBook(new Random(seed)))];
const ofAnyBook = fc.tuple(questions, fc.constantFrom(...books));
const held = <T extends unknown[]>(property: fc.IProperty<T>) => fc.assert(property, runs);
/** For laws that make a book of their own in every run. */
const heldByFew = <T extends unknown[]>(property: fc.IProperty<T>) =>
  fc.assert(property, { ...runs, numRuns: Math.ceil(runs.numRuns / 10) });

const answer = (question: Question, law: RuleBook) => {
  const { ruleBook: _, ...said } = decide(question, law);
  return said;
};
const permits = (question: Question, law: RuleBook) => decide(question, law).permitted;
const rule = (law: RuleBook, id: string | null): Rule => {
  const found = law.rules.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no rule ${id}`);
  return found;
};
const dateOf = ({ at, requesting }: Question) => {
  const timeZone = book.countries.find(({ alpha2 }) => alpha2 === requesting)?.timeZone;
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(Date.parse(at));
};

describe("the order of things does not matter", () => {
  test("of rules, states and platforms in the book", () => {
    heldByFew(
      fc.property(
        fc.array(questions, { minLength: 20, maxLength: 20 }),
        fc.infiniteStream(fc.nat()),
        (asked, places) => {
          const mixed = {
            ...book,
            rules: mix(book.rules, places),
            countries: mix(book.countries, places),
            platforms: mix(book.platforms, places),
          };
          for (const question of asked) expect(answer(question, mixed)).toEqual(answer(question, book));
        },
      ),
    );
  });

  test("of the members of a question, and of the facts about a person; an absent one is an unknown one", () => {
    held(
      fc.property(questions, fc.infiniteStream(fc.nat()), (question, places) => {
        const subject = shuffled(question.subject, places);
        const known = Object.fromEntries(Object.entries(subject).filter(([, fact]) => fact !== null));
        const asked = shuffled({ ...question, subject }, places);
        expect(decide(asked, book)).toEqual(decide(question, book));
        expect(decide({ ...asked, subject: known }, book)).toEqual(decide(question, book));
      }),
    );
  });

  test("of questions: an answer does not depend on those before it", () => {
    const asked = fc.sample(questions, { numRuns: 300, seed: runs.seed });
    const once = asked.map((question) => decide(question, book));
    expect(
      asked
        .toReversed()
        .map((question) => decide(question, book))
        .toReversed(),
    ).toEqual(once);
  });
});

function mix<T>(list: readonly T[], places: fc.Stream<number>): readonly T[] {
  return list
    .map((item) => ({ item, place: places.next().value as number }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

function shuffled<T extends object>(members: T, places: fc.Stream<number>): T {
  return Object.fromEntries(mix(Object.entries(members), places)) as T;
}

describe("what is taken from the law does not open it", () => {
  test("without rules that permit nothing is permitted, and no obstacle is named: there is none to take away", () => {
    const bare = books.map((law) => ({
      ...law,
      rules: law.rules.filter(({ effect }) => !effect.startsWith("PERMIT_")),
    }));
    held(
      fc.property(questions, fc.constantFrom(...bare), (question, law) => {
        const { permitted, effect, code, ruleId, unmet } = decide(question, law);
        expect(permitted).toBe(false);
        expect(["MLA_ONLY", "DENY"]).toContain(effect);
        const isPrecondition = rule(law, ruleId).effect === "NATIONAL_PRECONDITION";
        expect(code).toBe(isPrecondition ? "NATIONAL_PRECONDITION" : "NO_ROUTE");
        expect(new Set(unmet.map((condition) => condition.ruleId))).toEqual(new Set(isPrecondition ? [ruleId] : []));
      }),
    );
  });

  test("a rule less permits nothing more, but for a national precondition", () => {
    const changeable = book.rules.filter(({ effect, id }) => effect !== "NATIONAL_PRECONDITION" && id !== "R-DEFAULT");
    heldByFew(
      fc.property(fc.array(questions, { minLength: 20 }), fc.constantFrom(...changeable), (asked, { id }) => {
        const less = { ...book, rules: book.rules.filter((candidate) => candidate.id !== id) };
        for (const question of asked) {
          if (permits(question, less)) expect(permits(question, book)).toBe(true);
          if (decide(question, book).ruleId !== id)
            expect(decide(question, less).ruleId).toBe(decide(question, book).ruleId);
        }
      }),
    );
  });

  const narrowed: Readonly<Record<string, (rule: Draft["rules"][number]) => void>> = {
    nationality: (it) => {
      it.subjectRestrictions = { ...it.subjectRestrictions, excludeNationality: ["FR", "US", "GB"] };
    },
    "permanent residence": (it) => {
      it.subjectRestrictions = { ...it.subjectRestrictions, excludePermanentResidentsOf: ["FR", "US", "GB"] };
    },
    place: (it) => {
      it.subjectRestrictions = { ...it.subjectRestrictions, excludeLocatedIn: ["FR", "US", "GB"] };
    },
    platform: (it) => {
      it.exceptions = [...(it.exceptions ?? []), { platforms: ["FACEBOOK"], from: "2020-01-01", reason: "r" }];
    },
    borders: (it) => {
      it.provider.crossBorderOnly = true;
    },
    "an end": (it) => {
      it.validTo = "2026-11-23";
    },
    "entry into force": (it) => {
      it.pending = true;
    },
    offences: (it) => {
      it.offence = { mode: "LISTED", categories: ["TERRORISM"] };
    },
    authorities: (it) => {
      it.issuingAuthorities = [{ kinds: ["COURT"] }];
    },
    "standing alone": (it) => {
      it.standalone = false;
    },
  };
  test.each(Object.keys(narrowed))("an exclusion by %s more permits nothing more", (what) => {
    const permitting = book.rules.filter(({ effect }) => isDisclosing(effect) && effect !== "PERMIT_EMERGENCY");
    const laws = permitting.map(({ id, offence, issuingAuthorities }) => {
      if (what === "offences" && offence.mode !== "ALL") return book;
      if (
        what === "authorities" &&
        !issuingAuthorities.some(({ kinds, validatedBy }) => kinds.includes("COURT") && validatedBy === undefined)
      )
        return book;
      return changedBook((document) => narrowed[what]?.(ruleOf(document, id)));
    });
    let closed = 0;
    held(
      fc.property(questions, fc.constantFrom(...laws), (question, law) => {
        const [before, after] = [permits(question, book), permits(question, law)];
        if (after) expect(before).toBe(true);
        if (before && !after) closed += 1;
      }),
    );
    expect(closed).toBeGreaterThan(0);
  });
});

describe("who could have the more has the less", () => {
  /** Each could do what the next can. */
  const stronger: readonly (readonly [AuthorityKind, AuthorityKind])[] = [
    ["COURT", "JUDGE"],
    ["JUDGE", "COURT"],
    ["JUDGE", "INVESTIGATING_JUDGE"],
    ["INVESTIGATING_JUDGE", "PUBLIC_PROSECUTOR"],
    ["PUBLIC_PROSECUTOR", "POLICE"],
    ["PUBLIC_PROSECUTOR", "OTHER_INVESTIGATING_AUTHORITY"],
  ];
  /** A rule says so where it names the weaker kind and not the stronger. */
  const saysSo = ({ issuingAuthorities }: Rule, strong: AuthorityKind, weak: AuthorityKind) => {
    const named = (kind: AuthorityKind) => issuingAuthorities.some(({ kinds }) => kinds.includes(kind));
    return named(weak) && (!named(strong) || asksMoreOf(issuingAuthorities, strong, weak));
  };
  const asksMoreOf = (entries: Rule["issuingAuthorities"], strong: AuthorityKind, weak: AuthorityKind) => {
    const validators = (kind: AuthorityKind) => entries.filter(({ kinds }) => kinds.includes(kind));
    return validators(weak).some(
      (entry) =>
        !validators(strong).some(
          (other) =>
            other.validatedBy === undefined ||
            (entry.validatedBy?.every((by) => other.validatedBy?.includes(by)) === true &&
              (entry.emergencyWithoutPriorValidation !== true || other.emergencyWithoutPriorValidation === true)),
        ),
    );
  };

  test.each(stronger)("%s loses nothing that %s has, unless the rule names the weaker alone", (strong, weak) => {
    held(
      fc.property(ofAnyBook, ([question, law]) => {
        const had = decide({ ...question, authority: weak }, law);
        const has = decide({ ...question, authority: strong }, law);
        if (!had.permitted || has.permitted) return;
        const obstacle = rule(law, has.code === "NATIONAL_PRECONDITION" ? has.ruleId : had.ruleId);
        expect([obstacle.id, saysSo(obstacle, strong, weak)]).toEqual([obstacle.id, true]);
      }),
    );
  });

  test("no rule of the first book says so", () => {
    const said = book.rules.filter((it) => stronger.some(([strong, weak]) => saysSo(it, strong, weak)));
    expect(said.map(({ id }) => id)).toEqual([]);
  });

  test("with a validation nothing is lost that was had without one", () => {
    held(
      fc.property(ofAnyBook, fc.constantFrom(...authorityKinds), ([question, law], validatedBy) => {
        if (permits({ ...question, validatedBy: null }, law))
          expect(permits({ ...question, validatedBy }, law)).toBe(true);
      }),
    );
  });

  test("in an emergency nothing is lost that was had without one", () => {
    held(
      fc.property(ofAnyBook, ([question, law]) => {
        if (permits({ ...question, emergency: false }, law))
          expect(permits({ ...question, emergency: true }, law)).toBe(true);
      }),
    );
  });

  test("with a longer maximum sentence nothing is lost; one that is not known is the shortest", () => {
    held(
      fc.property(ofAnyBook, fc.double({ min: 0.0001, max: 50, noNaN: true }), ([question, law], more) => {
        if (permits(question, law))
          expect(permits({ ...question, maxCustodialYears: (question.maxCustodialYears ?? 0) + more }, law)).toBe(true);
        if (permits({ ...question, maxCustodialYears: null }, law)) expect(permits(question, law)).toBe(true);
      }),
    );
  });

  /** The rule because of which a narrower category is denied where a wider one is permitted: a precondition of the narrower alone, or a permission of the wider alone. */
  const narrowerLost = (question: Question, law: RuleBook): Rule | null => {
    const place = dataCategories.indexOf(question.category);
    const had = decide(question, law);
    const lost = dataCategories
      .slice(0, place)
      .map((category) => decide({ ...question, category }, law))
      .find(({ permitted }) => !permitted);
    if (!had.permitted || lost === undefined) return null;
    const says = rule(law, lost.code === "NATIONAL_PRECONDITION" ? lost.ruleId : had.ruleId);
    const wide = says.dataCategories.includes(question.category);
    expect([says.id, wide, says.dataCategories.includes(lost.category)]).toEqual([
      says.id,
      says.effect !== "NATIONAL_PRECONDITION",
      says.effect === "NATIONAL_PRECONDITION",
    ]);
    return says;
  };

  test("a narrower category is open where a wider one is, unless a rule covers one of them alone", () => {
    held(fc.property(ofAnyBook, ([question, law]) => void narrowerLost(question, law)));
  });

  test("in the first book R-FR-60-1-2 alone says so: it asks more for traffic and identification than anything asks for content", () => {
    const asked: Question = {
      ...(fc.sample(questions, 1)[0] as Question),
      at: "2026-11-23T10:00:00Z",
      requesting: "FR",
      providerCountry: "IE",
      category: "CONTENT",
      authority: "JUDGE",
      offenceCategory: "COMPUTER_CRIME",
      maxCustodialYears: 2,
      preservation: false,
      solePurposeIdentification: false,
    };
    expect(narrowerLost(asked, book)?.id).toBe("R-FR-60-1-2");
    const said = fc
      .sample(questions, { numRuns: 4000, seed: runs.seed })
      .map((question) => narrowerLost(question, book)?.id);
    expect([...new Set(said)].filter((id) => id !== undefined && id !== "R-FR-60-1-2")).toEqual([]);
  });
});

describe("days", () => {
  test("a rule decides on its first day and not before, on the day before its end and not on it", () => {
    const decided = fc
      .sample(questions, { numRuns: runs.numRuns * 2, seed: runs.seed })
      .filter((question) => decide(question, book).ruleId !== "R-DEFAULT");
    heldByFew(
      fc.property(fc.constantFrom(...decided), (question) => {
        const [{ ruleId }, day] = [decide(question, book), dateOf(question)];
        const during = (validFrom: string | null, validTo: string | null) => {
          const rules = book.rules.map((it) => (it.id === ruleId ? { ...it, validFrom, validTo } : it));
          return decide(question, { ...book, rules }).ruleId;
        };
        const next = shiftDay(day, 1);
        expect([during(day, null), during(day, next), during(null, next)]).toEqual([ruleId, ruleId, ruleId]);
        expect(during(next, null)).not.toBe(ruleId);
        expect(during(null, day)).not.toBe(ruleId);
      }),
    );
  });

  test("every moment of a day in the capital has the same answer", () => {
    held(
      fc.property(ofAnyBook, fc.double({ min: 0, max: 0.999999, noNaN: true }), ([question, law], part) => {
        const timeZone = law.countries.find(({ alpha2 }) => alpha2 === question.requesting)?.timeZone ?? "UTC";
        const [start, end] = [midnight(dateOf(question), timeZone), midnight(shiftDay(dateOf(question), 1), timeZone)];
        const at = new Date(start + Math.floor((end - start) * part)).toISOString();
        expect(decide({ ...question, at }, law)).toEqual(decide(question, law));
      }),
    );
  });
});

describe("an answer says why", () => {
  test("a permission names its rule, and has no obstacle, no other way and no code but PERMITTED", () => {
    held(
      fc.property(ofAnyBook, ([question, law]) => {
        const { permitted, effect, code, channels, unmet, ruleId, reason } = decide(question, law);
        expect(permitted).toBe(isDisclosing(effect));
        expect(code === "PERMITTED").toBe(permitted || effect === "PERMIT_PRESERVATION");
        expect(effect).toBe(code === "NATIONAL_PRECONDITION" ? "DENY" : rule(law, ruleId).effect);
        if (permitted) expect({ channels, unmet }).toEqual({ channels: [], unmet: [] });
        if (code === "PERMITTED") expect(reason).toMatch(new RegExp(`^Permitted (?:in an emergency )?by ${ruleId} `));
      }),
    );
  });

  test("a denial names the rule with the fewest open conditions and each of them, or says that there is no rule and what remains", () => {
    held(
      fc.property(ofAnyBook, ([question, law]) => {
        const { code, unmet, channels, reason, ruleId, effect, nextSteps } = decide(question, law);
        if (code === "PERMITTED") return;
        const nearest = code === "NATIONAL_PRECONDITION" ? ruleId : (unmet[0]?.ruleId ?? null);
        expect(code === "NO_ROUTE").toBe(nearest === null);
        const assistance = channels.find((id) => rule(law, id).effect === "MLA_ONLY");
        if (nearest !== null) {
          expect(reason).toContain(`${nearest} (`);
          const open = unmet.filter((condition) => condition.ruleId === nearest);
          for (const { fact, expected } of open.filter(({ fact: about }) => about !== "person"))
            expect([fact, reason]).toEqual([fact, expect.stringContaining(expected)]);
          const others = unmet.filter((condition) => condition.ruleId !== nearest);
          for (const { ruleId: other } of others)
            expect(others.filter((condition) => condition.ruleId === other).length).toBeGreaterThanOrEqual(
              code === "NATIONAL_PRECONDITION" ? 1 : open.length,
            );
        } else if (question.requesting === question.providerCountry) {
          expect(reason).toMatch(/^This is a domestic order; national procedure, not in this rule book/);
        } else {
          expect(reason).toMatch(/^No rule of this book lets an authority (obtain|have preserved)/);
          expect(/What remains are letters rogatory/.test(reason)).toBe(assistance === undefined);
          expect(nextSteps.some(({ kind }) => kind === "MUTUAL_LEGAL_ASSISTANCE")).toBe(true);
        }
        if (effect === "MLA_ONLY") expect(channels).toContain(ruleId);
        const aboutPerson =
          code !== "NATIONAL_PRECONDITION" &&
          unmet.some((condition) => condition.ruleId === nearest && condition.fact === "person");
        if (assistance !== undefined && !aboutPerson)
          expect(reason).toContain(`Mutual legal assistance is open: ${assistance} (`);
      }),
    );
  });

  test("what rests on a press report says so", () => {
    held(
      fc.property(questions, (question) => {
        const { reason } = decide(question, book);
        const named = book.rules.filter(({ id }) => reason.includes(`${id} (`));
        if (named.some(({ basis }) => basis === "PRESS_REPORT"))
          expect(reason).toContain("reported, not published, not confirmed after 2019");
      }),
    );
  });

  test("nothing in an answer but the duty to notify or to check immunity tells a fact about a person from another", () => {
    const fact = fc.constantFrom("US", "GB", "AU", "JP", null);
    const person = fc.record({ nationality: fact, residence: fact, locatedIn: fact });
    held(
      fc.property(ofAnyBook, person, person, ([question, law], one, other) => {
        const [first, second] = [one, other].map((subject) =>
          decide({ ...question, subject, factsBasis: "KNOWN" }, law),
        );
        if (first?.code === "PERSON_CONDITION" && second?.code === "PERSON_CONDITION")
          expect({ ...first, unmet: [] }).toEqual({ ...second, unmet: [] });
        for (const condition of first?.unmet.filter(({ fact: about }) => about === "person") ?? [])
          expect(condition).toEqual({
            ruleId: condition.ruleId,
            fact: "person",
            expected: "what the rule asks about the person",
            actual: null,
          });
      }),
    );
  });
});

describe("facts about a person", () => {
  test("knowing less about her at the door never opens it", () => {
    held(
      fc.property(ofAnyBook, fc.subarray(["nationality", "residence", "locatedIn"]), ([question, law], forgotten) => {
        const known = { ...question, factsBasis: "KNOWN" as const };
        const subject = { ...known.subject, ...Object.fromEntries(forgotten.map((fact) => [fact, null])) };
        if (permits({ ...known, subject }, law)) expect(permits(known, law)).toBe(true);
      }),
    );
  });

  test("what is permitted at the door was permitted in a preview with the same facts", () => {
    held(
      fc.property(ofAnyBook, ([question, law]) => {
        if (permits({ ...question, factsBasis: "KNOWN" }, law))
          expect(permits({ ...question, factsBasis: "DECLARED" }, law)).toBe(true);
      }),
    );
  });
});

describe("whatever is asked, there is an answer", () => {
  test("what cannot be read is denied", () => {
    const members = [
      "at",
      "requesting",
      "authority",
      "category",
      "providerCountry",
      "platform",
      "offenceCategory",
      "subject",
    ];
    const record = fc.record(Object.fromEntries(members.map((name) => [name, fc.anything()])));
    held(
      fc.property(fc.oneof(fc.anything(), record), (asked) => {
        const { reason, ...decision } = decide(asked as Question, book);
        expect(decision).toMatchObject({
          effect: "DENY",
          code: "NO_ROUTE",
          permitted: false,
          ruleId: "R-DEFAULT",
          unmet: [],
          channels: [],
          nextSteps: [],
          obligations: [],
          citations: [],
          deadlineHours: null,
          holdHours: null,
        });
        expect(reason).toMatch(/\.$/);
      }),
    );
  });

  test("one member of another kind never throws", () => {
    const members = Object.keys(fc.sample(questions, 1)[0] as Question);
    held(
      fc.property(
        questions,
        fc.constantFrom(...members),
        fc.anything({ withNullPrototype: true }),
        (asked, member, value) => {
          const decision = decide({ ...asked, [member]: value } as Question, book);
          expect(lawCodes).toContain(decision.code);
          expect(decision.permitted).toBe(isDisclosing(decision.effect));
        },
      ),
    );
  });
});

describe("a question that cannot be read says what is wrong with it", () => {
  const asked = fc.sample(questions, 1)[0] as Question;
  test.each([
    [{ requesting: "XX" }, '"XX" is no requesting state of this rule book.'],
    [{ requesting: 7 }, "A value of type number is no requesting state of this rule book."],
    [{ providerCountry: "ZZ" }, '"ZZ" is no country of this rule book in which a provider could be addressed.'],
    [
      { providerCountry: "" },
      "It is not known in which country the provider could be addressed: no establishment serves this person.",
    ],
    [{ category: "METADATA" }, '"METADATA" is no category of data: SUBSCRIBER, USER_IDENTIFICATION, TRAFFIC, CONTENT.'],
    [{ offenceCategory: "SPITTING" }, '"SPITTING" is no offence category of this rule book.'],
    [{ offenceCategory: "" }, "No offence is named that this rule book knows for the requesting state."],
    [{ platform: "" }, "The question names no platform."],
    [{ platform: 7 }, "The question names no platform."],
    [{ at: "tomorrow" }, '"tomorrow" is no moment: RFC 3339, such as 2026-08-18T09:00:00Z.'],
    [{ at: 7 }, "A value of type number is no moment: RFC 3339, such as 2026-08-18T09:00:00Z."],
    [{ authority: "KING" }, '"KING" is no kind of authority.'],
    [{ authority: "K".repeat(50) }, `"${"K".repeat(40)}" is no kind of authority.`],
    [{ validatedBy: "KING" }, '"KING" is no kind of authority.'],
    [{ maxCustodialYears: "life" }, "The maximum sentence is no number of years."],
    [{ subject: "somebody" }, "The facts about the person could not be read."],
  ] as const)("%j", (wrong, reason) => {
    const decision = decide({ ...asked, ...wrong } as unknown as Question, book);
    expect(decision).toMatchObject({ effect: "DENY", code: "NO_ROUTE", permitted: false, ruleId: "R-DEFAULT", reason });
  });

  test.each([null, undefined, "text", 7])("%j is no question", (nothing) => {
    expect(decide(nothing as unknown as Question, book)).toMatchObject({
      code: "NO_ROUTE",
      reason: "The question could not be read.",
      providerCountry: null,
    });
  });
});
