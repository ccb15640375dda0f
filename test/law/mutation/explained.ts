/** Mutants of schema/law that no test can kill, and why: each is another way to write the same law. Their ids are printed by `npm run test:long -- mutation`. */
export const explained: readonly { readonly why: string; readonly mutants: readonly string[] }[] = [
  {
    why: "A cache: without it the answer is the same, later.",
    mutants: [
      "calendar-date.ts | if (last?.at === instant) return last.date; | if (last?.at === instant) return last.date; → if (false) return last.date;",
      "calendar-date.ts | lastAnswers.set(timeZone, { at: instant, date }); | lastAnswers.set(timeZone, { at: instant, date }); → ;",
      "calendar-date.ts | if (known !== undefined) return known; | if (known !== undefined) return known; → if (false) return known;",
      "calendar-date.ts | calendars.set(timeZone, made); | calendars.set(timeZone, made); → ;",
    ],
  },
  {
    why: "For the compiler alone: it cannot know that the parts of a date hold a year, nor that an entry which names the kind and does not fit asks for a validation.",
    mutants: [
      'calendar-date.ts | return `${parts.year?.padStart(4, "0")}-${parts.month}-${parts.day}`; | parts.year?.padStart → parts.year.padStart',
      "conditions/authority.ts | .flatMap(({ validatedBy }) => validatedBy ?? []); | validatedBy ?? [] → (validatedBy)",
    ],
  },
];
