import fc from "fast-check";
import type { Question } from "../../schema/law/question.js";
import { authorityKinds, dataCategories } from "../../schema/law/vocabulary.js";
import { Random } from "../fuzz/random.js";
import { book } from "./book.js";
import { askAround } from "./cedar/ask-around.js";

/** How many questions each law is put to: always the same. */
export const runs = { numRuns: 1000, seed: 20261123 };

const ask = askAround(book, new Random(runs.seed));
const aimed: readonly Question[] = Array.from({ length: runs.numRuns * 4 }, () => ask().question);

const state = fc.constantFrom(...book.countries.map(({ alpha2 }) => alpha2));
const known = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const instant = fc
  .date({ min: new Date("1980-01-01T00:00:00Z"), max: new Date("2030-01-01T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString());

/** Any question of the states and words of the book. */
const anything: fc.Arbitrary<Question> = fc.record({
  at: instant,
  requesting: state,
  authority: fc.constantFrom(...authorityKinds),
  validatedBy: known(fc.constantFrom(...authorityKinds)),
  providerCountry: state,
  platform: fc.constantFrom("FACEBOOK", "FJORDNET", "YOUTUBE"),
  category: fc.constantFrom(...dataCategories),
  offenceCategory: fc.constantFrom(...book.offences.categories.map(({ code }) => code)),
  maxCustodialYears: known(fc.constantFrom(0, 1, 2.9, 3, 15)),
  committedOnline: fc.boolean(),
  offenceCountry: known(state),
  solePurposeIdentification: fc.boolean(),
  emergency: fc.boolean(),
  preservation: fc.boolean(),
  subject: fc.record({
    nationality: known(state),
    residence: known(state),
    locatedIn: known(state),
    protectedRole: fc.constantFrom(null, "JOURNALIST" as const),
  }),
  factsBasis: fc.constantFrom("DECLARED" as const, "KNOWN" as const),
});

/** Questions to which a law is put: most aim at a rule and stand on one of its boundaries, so that enough of them are permitted. */
export const questions = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...aimed) },
  { weight: 1, arbitrary: anything },
);
