const found = new Map<string, number>();
const clocks = new Map<string, Intl.DateTimeFormat>();

/** The first moment (milliseconds since 1970) of a calendar date in a time zone: its clock is looked at to within a quarter of an hour, from either side. */
export function midnight(date: string, timeZone: string): number {
  const key = `${timeZone} ${date}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" });
  clocks.set(timeZone, clock);
  const start = Date.parse(`${date}T00:00:00Z`);
  const quarter = 15 * 60_000;
  let [before, after] = [-15 * 4, 15 * 4];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (clock.format(start + middle * quarter) < date) before = middle;
    else after = middle;
  }
  found.set(key, start + after * quarter);
  return start + after * quarter;
}

/** The calendar date some days later. */
export function shiftDay(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
