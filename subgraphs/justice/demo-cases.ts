import { type DataCategory, dataCategories } from "../../schema/law/vocabulary.js";

/** The demo cases, one for each story of the README. Persons, posts and file numbers are made up; the offences are those of the rule book. */

export interface DemoCase {
  readonly id: string;
  readonly reference: string;
  readonly authorityId: string;
  readonly country: string;
  readonly offenceCode: string;
  /** With the day of publication: a case does not rest on a post of the future. */
  readonly posts: readonly { readonly id: string; readonly publishedOn: string }[];
  readonly warrants: readonly DemoWarrant[];
}

export interface DemoWarrant {
  /** Follows `warrant-`, `target-` and `item-`. */
  readonly name: string;
  readonly target: DemoTarget;
  readonly believedResidence: string;
  readonly categories: readonly DataCategory[];
  /** How long before the clock it was issued. */
  readonly issuedDaysAgo: number;
  /** Absent: the ninety days before the clock. */
  readonly period?: { readonly from: string; readonly to: string };
}

/** An account; or an address at a moment, or an e-mail address: then nobody knows yet whose it is. */
export type DemoTarget =
  | { readonly kind: "HANDLE"; readonly value: string; readonly accountId: string }
  | { readonly kind: "IP_ADDRESS"; readonly value: string; readonly at: string }
  | { readonly kind: "EMAIL"; readonly value: string };

/** The cases to load at a moment: those of June 2019 only while it is 2019, and no case about an address before it was seen. */
export function demoCasesAt(now: Date): readonly DemoCase[] {
  const cases = now.getUTCFullYear() === 2019 ? [...casesOfToday, ...casesOf2019] : casesOfToday;
  const isKnown = ({ target }: DemoWarrant): boolean => !("at" in target) || new Date(target.at) < now;
  return cases.filter(({ warrants }) => warrants.every(isKnown));
}

const casesOfToday: readonly DemoCase[] = [
  {
    id: "case-fr-hate",
    reference: "PAR-DEMO-01",
    authorityId: "fr-tj-paris",
    country: "FR",
    offenceCode: "FR-1881-24",
    posts: [
      { id: "u01-p1", publishedOn: "2026-09-02" },
      { id: "u01-p2", publishedOn: "2026-09-14" },
    ],
    warrants: [against("fr-quiet-heron", "quiet.heron", "u01", "FR")],
  },
  {
    id: "case-fr-address",
    reference: "PAR-DEMO-02",
    authorityId: "fr-tj-paris",
    country: "FR",
    offenceCode: "FR-1881-24",
    posts: [],
    warrants: [
      {
        name: "fr-address",
        target: { kind: "IP_ADDRESS", value: "198.51.100.16:40100", at: "2026-09-02T09:00:00Z" },
        believedResidence: "FR",
        categories: ["USER_IDENTIFICATION"],
        issuedDaysAgo: 0,
      },
    ],
  },
  {
    id: "case-fr-email",
    reference: "PAR-DEMO-03",
    authorityId: "fr-tj-paris",
    country: "FR",
    offenceCode: "FR-1881-24",
    posts: [],
    warrants: [
      {
        name: "fr-email",
        target: { kind: "EMAIL", value: "Specimen-01@Mail.example" },
        believedResidence: "FR",
        categories: ["SUBSCRIBER"],
        issuedDaysAgo: 0,
      },
    ],
  },
  {
    id: "case-de-hate",
    reference: "BER-DEMO-01",
    authorityId: "de-ag-berlin",
    country: "DE",
    offenceCode: "DE-STGB-130",
    posts: [{ id: "u02-p1", publishedOn: "2026-09-03" }],
    warrants: [
      against("de-brave-badger", "brave.badger", "u02", "DE"),
      against("de-amber-falcon", "amber.falcon", "u03", "FR"),
      against("de-amber-falcon-early", "amber.falcon", "u03", "FR", 13),
    ],
  },
  {
    id: "case-gb-terrorism",
    reference: "LON-DEMO-01",
    authorityId: "gb-cc-london",
    country: "GB",
    offenceCode: "GB-TA-58",
    posts: [],
    warrants: [
      against("gb-silver-otter", "silver.otter", "u04", "GB"),
      against("gb-golden-plover", "golden.plover", "u05", "GB"),
    ],
  },
  {
    id: "case-in-hate",
    reference: "DEL-DEMO-01",
    authorityId: "in-dc-delhi",
    country: "IN",
    offenceCode: "X-HATE",
    posts: [],
    warrants: [against("in-jade-tortoise", "jade.tortoise", "u08", "IN")],
  },
  {
    id: "case-ru-hate",
    reference: "MOW-DEMO-01",
    authorityId: "ru-ms-moscow",
    country: "RU",
    offenceCode: "X-HATE",
    posts: [],
    warrants: [against("ru-crimson-kite", "crimson.kite", "u09", "RU")],
  },
];

const may2019 = { from: "2019-05-01T00:00:00Z", to: "2019-06-01T00:00:00Z" };

const casesOf2019: readonly DemoCase[] = [
  {
    id: "case-fr-hate-2019",
    reference: "PAR-DEMO-2019-01",
    authorityId: "fr-tj-paris",
    country: "FR",
    offenceCode: "FR-1881-24",
    posts: [{ id: "u01-p4", publishedOn: "2019-05-20" }],
    warrants: [{ ...against("fr-hate-2019", "quiet.heron", "u01", "FR"), period: may2019 }],
  },
  {
    id: "case-fr-terror-2019",
    reference: "PAR-DEMO-2019-02",
    authorityId: "fr-tj-paris",
    country: "FR",
    offenceCode: "FR-CP-421-2-5",
    posts: [{ id: "u01-p4", publishedOn: "2019-05-20" }],
    warrants: [{ ...against("fr-terror-2019", "quiet.heron", "u01", "FR"), period: may2019 }],
  },
  {
    id: "case-de-hate-2019",
    reference: "BER-DEMO-2019-01",
    authorityId: "de-ag-berlin",
    country: "DE",
    offenceCode: "DE-STGB-130",
    posts: [{ id: "u01-p4", publishedOn: "2019-05-20" }],
    warrants: [{ ...against("de-hate-2019", "quiet.heron", "u01", "FR"), period: may2019 }],
  },
];

function against(
  name: string,
  handle: string,
  accountId: string,
  believedResidence: string,
  issuedDaysAgo = 0,
): DemoWarrant {
  const target = { kind: "HANDLE", value: handle, accountId } as const;
  return { name, target, believedResidence, categories: dataCategories, issuedDaysAgo };
}
