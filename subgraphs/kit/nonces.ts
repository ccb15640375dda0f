/** How many unexpired nonces one process remembers: 60 s at more than 3,000 grants a second. */
const capacity = 200_000;

/** Uses a nonce up: the salt of a grant. False for one that was used before, and for every new one while it cannot be remembered: better refuse than forget. */
export type UseNonce = (nonce: string, expiresAt: number) => boolean | Promise<boolean>;

/** Remembers the nonces of grants until they expire, in the memory of this process. */
export function rememberNonces(now: () => Date, limit = capacity): (nonce: string, expiresAt: number) => boolean {
  const expiryByNonce = new Map<string, number>();
  let swept = 0;
  return (nonce, expiresAt) => {
    const seconds = now().getTime() / 1000;
    if (expiryByNonce.has(nonce)) return false;
    if (expiryByNonce.size >= limit || seconds - swept >= 60) {
      swept = seconds;
      for (const [old, expiry] of expiryByNonce) if (expiry <= seconds) expiryByNonce.delete(old);
    }
    if (expiryByNonce.size >= limit) return false;
    expiryByNonce.set(nonce, expiresAt);
    return true;
  };
}
