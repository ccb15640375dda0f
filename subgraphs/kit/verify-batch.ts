import { compactVerify, errors, type JWTVerifyGetKey } from "jose";

/** A JWS whose signature holds. */
export interface VerifiedBatch {
  /** `typ` of the header. */
  readonly type: unknown;
  /** The payload, unread; {} where it is no JSON object. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Checks the signature of a compact JWS. Rejects with an error of jose, or of the keys. */
export type VerifyBatch = (jws: string) => Promise<VerifiedBatch>;

type FindKey = () => ReturnType<JWTVerifyGetKey>;

interface Remembered extends VerifiedBatch {
  readonly key: unknown;
  /** Asks for the key again, as it was asked for then. */
  readonly findKey: FindKey;
}

/** Batches that are remembered: some six megabytes of the largest. The oldest goes first. */
const capacity = 1_024;

/**
 * EdDSA alone, by the key that the header names. What holds is remembered, so that the calls of one batch cost one verification, also where they come at once; but only
 * that it holds: whether the key is still trusted is asked each time, and another key under its name starts anew. Claims and the clock are the caller's.
 */
export function rememberBatches(keys: JWTVerifyGetKey, limit = capacity): VerifyBatch {
  const held = new Map<string, Promise<Remembered>>();

  function begin(jws: string): Promise<Remembered> {
    const verifying = verify(jws, keys);
    held.set(jws, verifying);
    verifying.catch(() => held.delete(jws));
    const oldest = held.keys().next();
    if (held.size > limit && !oldest.done) held.delete(oldest.value);
    return verifying;
  }

  return async (jws) => {
    const known = await (held.get(jws) ?? begin(jws));
    if ((await known.findKey()) === known.key) return known;
    held.delete(jws);
    return begin(jws);
  };
}

async function verify(jws: string, keys: JWTVerifyGetKey): Promise<Remembered> {
  let found: Pick<Remembered, "key" | "findKey"> | undefined;
  const { payload, protectedHeader } = await compactVerify(
    jws,
    async (header, token) => {
      const { kid, b64, ...named } = header;
      // A gateway names its key, also while it has only one.
      if (typeof kid !== "string") throw new errors.JWKSNoMatchingKey();
      if (b64 === false) throw new errors.JWSInvalid("a JWT encodes its payload (RFC 7797, 7)");
      const findKey: FindKey = async () => keys({ ...named, kid }, token);
      const key = await findKey();
      found = { key, findKey };
      return key;
    },
    { algorithms: ["EdDSA"] },
  );
  if (found === undefined) throw new Error("a signature is checked by a key");
  return { ...found, type: protectedHeader.typ, claims: parseObject(payload) };
}

function parseObject(payload: Uint8Array): VerifiedBatch["claims"] {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(payload));
    return typeof parsed === "object" && parsed !== null ? (parsed as VerifiedBatch["claims"]) : {};
  } catch {
    return {};
  }
}
