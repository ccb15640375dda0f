/** Calendar dates, half-open: `from` belongs to it, `to` does not. Null: without that end. */
export interface DatePeriod {
  readonly from: string | null;
  readonly to: string | null;
}

/** Since ever and for ever. */
export const always: DatePeriod = { from: null, to: null };

/** True on the first day of the period and before its end. Dates compare as text (YYYY-MM-DD). */
export function isWithin(date: string, { from, to }: DatePeriod): boolean {
  return (from === null || from <= date) && (to === null || date < to);
}
