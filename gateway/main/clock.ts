/** Business time of a process. */
export type Clock = () => Date;

/** The real time, or, for the law of another day, a clock that starts at `start` now and goes on from there. */
export function openClock(start: Date | null): Clock {
  if (start === null) return () => new Date();
  const shift = start.getTime() - Date.now();
  return () => new Date(Date.now() + shift);
}
