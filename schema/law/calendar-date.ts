/** The calendar of one time zone; making one is slow, so there is one for each zone. */
const calendars = new Map<string, Intl.DateTimeFormat>();
/** The last answer of each zone: questions of one operation share their instant. */
const lastAnswers = new Map<string, { readonly at: string; readonly date: string | null }>();

/** RFC 3339, with a time and an offset. */
const instantForm = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/**
 * The calendar date (YYYY-MM-DD) that people in this time zone write at this instant, or null where it is no instant (RFC 3339).
 * Throws RangeError for an unknown time zone; a rule book holds none.
 */
export function calendarDate(instant: string, timeZone: string): string | null {
  const last = lastAnswers.get(timeZone);
  if (last?.at === instant) return last.date;
  const date = dateOf(instant, timeZone);
  lastAnswers.set(timeZone, { at: instant, date });
  return date;
}

/** An instant at which it is this calendar date in this time zone: noon UTC, or the midnight before. Throws RangeError where it never is. */
export function instantOn(date: string, timeZone: string): string {
  const noon = Date.parse(`${date}T12:00:00Z`);
  // Noon UTC is the same date everywhere but in the far east of the calendar, where it is already the next.
  const candidates = [noon, noon - 43_200_000].map((moment) => new Date(moment).toISOString());
  const found = candidates.find((instant) => calendarDate(instant, timeZone) === date);
  if (found === undefined) throw new RangeError(`${date} is not a calendar date in ${timeZone}`);
  return found;
}

function dateOf(instant: string, timeZone: string): string | null {
  if (!instantForm.test(instant)) return null;
  const moment = new Date(instant);
  if (Number.isNaN(moment.getTime())) return null;
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of calendarOf(timeZone).formatToParts(moment)) parts[type] = value;
  return `${parts.year?.padStart(4, "0")}-${parts.month}-${parts.day}`;
}

function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const known = calendars.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-u-ca-iso8601-nu-latn", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  calendars.set(timeZone, made);
  return made;
}
