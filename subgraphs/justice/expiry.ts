/** Days after which a warrant expires whose draft names no end: no warrant is for ever. */
export const defaultLifeDays = 365;

/** The end that a draft gets when it names none. It is content, so it is fixed at the draft and not at the issue. */
export function defaultExpiry(now: Date): Date {
  return new Date(now.getTime() + defaultLifeDays * 86_400_000);
}
