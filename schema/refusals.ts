/**
 * Everything a refusal may say to a client, in one place: the public code, the HTTP status when nothing else was answered, the sentence.
 * A subgraph sends the name of the refusal, never the text, so that no subgraph can speak to a client in its own words.
 */
export const refusals = {
  PAGE_SIZE: {
    code: "BAD_USER_INPUT",
    status: 400,
    message: "`first` and `last` must be whole numbers from 1 to 100.",
  },
  CURSOR: {
    code: "BAD_USER_INPUT",
    status: 400,
    message: "The cursor does not come from this list: give an `endCursor` or `startCursor` of the same connection.",
  },
  FOLLOW: {
    code: "BAD_USER_INPUT",
    status: 400,
    message: "More happened since than a stream can tell: read the list, and begin a new subscription.",
  },
  PERIOD: {
    code: "BAD_USER_INPUT",
    status: 400,
    message: "The period is empty: `from` must lie before `to` (RFC 3339, half-open, UTC).",
  },
  DATE: { code: "BAD_USER_INPUT", status: 400, message: "A date must be a calendar date such as 2026-08-18." },
  POST_FILTER: {
    code: "BAD_USER_INPUT",
    status: 400,
    message:
      "A judicial client names posts by `ids`, `urls` or `authorId`; there is no search over everybody's speech.",
  },
  COUNTRY: {
    code: "BAD_USER_INPUT",
    status: 400,
    message: "A country is an ISO 3166-1 alpha-2 code that the rule book knows, such as FR.",
  },
  OFFENCE: {
    code: "BAD_USER_INPUT",
    status: 400,
    message: "The offence, or its category, is not in the rule book's table: see `offences { code category }`.",
  },
  YEARS: {
    code: "BAD_USER_INPUT",
    status: 400,
    message: "`maxCustodialYears` is the longest sentence of the offence, in years: 0 or more.",
  },
  PLATFORM: { code: "BAD_USER_INPUT", status: 400, message: "The platform is not known: see `platforms { code }`." },
  LOG_RANGE: {
    code: "BAD_USER_INPUT",
    status: 400,
    message: "Log indexes are whole numbers, from 0 up to the size of the log.",
  },
  STATISTICS: { code: "BAD_USER_INPUT", status: 400, message: "`by` names one to four different dimensions." },
  PHONE: {
    code: "BAD_USER_INPUT",
    status: 400,
    message: "A telephone number is given with its country, in international form (E.164), such as +33123456789.",
  },
  INPUT: {
    code: "BAD_USER_INPUT",
    status: 400,
    message: "An argument does not have the form that the schema asks for.",
  },
  ROLE: { code: "FORBIDDEN", status: 403, message: "This is not open to the role in the token." },
  REGISTER: {
    code: "FORBIDDEN",
    status: 403,
    message: "Authority and country of the token do not agree with the register of authorities.",
  },
  JWK: {
    code: "BAD_USER_INPUT",
    status: 400,
    message: "A key is a public JWK (RFC 7517) without its private part: Ed25519, P-256, or RSA of at least 2048 bits.",
  },
  KEY_UNKNOWN: {
    code: "BAD_USER_INPUT",
    status: 400,
    message: "The authority has no such key that is not revoked: see `authority { keys }`.",
  },
  KEY_KNOWN: {
    code: "CONFLICT",
    status: 409,
    message: "The authority has a key of this id already; a revoked one is never taken up again.",
  },
  CONTENT_HASH: {
    code: "CONFLICT",
    status: 409,
    message: "`contentHash` is not that of the warrant as it stands: read it again and act on that text.",
  },
  CHANGED_MEANWHILE: {
    code: "CONFLICT",
    status: 409,
    message: "Somebody else acted on this at the same time: read it again.",
  },
  IDEMPOTENCY: {
    code: "IDEMPOTENCY_CONFLICT",
    status: 409,
    message: "This idempotency key was used for another input.",
  },
  STILL_AT_WORK: {
    code: "CONFLICT",
    status: 409,
    message: "The first request with this idempotency key is still at work: ask again in a moment.",
  },
} as const satisfies Record<string, { code: string; status: number; message: string }>;

export type RefusalName = keyof typeof refusals;
