import {
  authorityKinds,
  dataCategories,
  deadlineStates,
  decisionCodes,
  effects,
  obligationKinds,
  obligationStates,
  parties,
  warrantKinds,
  warrantStatuses,
} from "../law/vocabulary.js";
import { clientRoles } from "../principal.js";
import { leafVersion, maxDuties, maxReads, maxUnconfirmed, transferVersion } from "./leaf.js";
import {
  alarms,
  erasureGrounds,
  gapReasons,
  holdActs,
  holdGrounds,
  type LeafType,
  leafTypes,
  purposes,
  statedOutcomes,
  warrantActs,
} from "./vocabulary.js";

/** Says what is wrong with a value, beginning with its path; null: nothing. */
export type Check = (value: unknown, path: string) => string | null;

const test =
  (expected: string, holds: (value: unknown) => boolean): Check =>
  (value, path) =>
    holds(value) ? null : `${path} must be ${expected}`;
const matching = (expected: string, pattern: RegExp): Check =>
  test(expected, (value) => typeof value === "string" && pattern.test(value));
const oneOf = (words: readonly string[]): Check =>
  test(`one of ${words.join(", ")}`, (value) => typeof value === "string" && words.includes(value));
const nullable =
  (check: Check): Check =>
  (value, path) =>
    value === null ? null : check(value, path);

/** An object with exactly these keys. */
export function closed(shape: Readonly<Record<string, Check>>): Check {
  const keys = Object.keys(shape);
  return (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return `${path} must be an object`;
    const members = value as Record<string, unknown>;
    const foreign = Object.keys(members).find((key) => !Object.hasOwn(shape, key));
    if (foreign !== undefined) return `${path}.${foreign} is not a key of this leaf`;
    const missing = keys.find((key) => !Object.hasOwn(members, key));
    if (missing !== undefined) return `${path}.${missing} is missing`;
    for (const key of keys) {
      const fault = shape[key]?.(members[key], `${path}.${key}`);
      if (fault) return fault;
    }
    return null;
  };
}

function listOf(check: Check, least: number, most: number): Check {
  return (value, path) => {
    if (!Array.isArray(value) || value.length < least || value.length > most)
      return `${path} must be a list of ${least} to ${most}`;
    for (const [index, item] of value.entries()) {
      const fault = check(item, `${path}[${index}]`);
      if (fault !== null) return fault;
    }
    return null;
  };
}

const hash = matching("a SHA-256 in lower-case hex", /^[0-9a-f]{64}$/);
const instant = test("an instant in RFC 3339 UTC with milliseconds", (value) =>
  typeof value === "string" &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString() === value);
const count = test("a whole number from 0 below 2^53", (value) =>
  Number.isSafeInteger(value) && (value as number) >= 0);
const flag = test("true or false", (value) => typeof value === "boolean");
const country = matching("two capital letters", /^[A-Z]{2}$/);
const word = matching("1 to 128 printable ASCII characters without spaces", /^[!-~]{1,128}$/);
const coordinate = matching("a schema coordinate", /^[A-Za-z_]\w{0,126}\.[A-Za-z_]\w{0,126}$/);

const fieldDecision = closed({
  field: coordinate,
  category: oneOf(dataCategories),
  permitted: flag,
  code: oneOf(decisionCodes),
  effect: oneOf(effects),
  rule: nullable(word),
});

const bodies: Readonly<Record<LeafType, Readonly<Record<string, Check>>>> = {
  ACCESS: {
    operationId: word,
    operationHash: hash,
    operationName: nullable(hash),
    purpose: oneOf(purposes),
    actor: hash,
    role: oneOf([...clientRoles, "GATEWAY", "SERVICE"]),
    country: nullable(country),
    authority: nullable(word),
    platform: nullable(word),
    warrant: nullable(hash),
    warrantContent: nullable(hash),
    case: nullable(hash),
    warrantStatus: nullable(word),
    emergency: flag,
    held: flag,
    ruleBook: nullable(closed({ version: word, hash })),
    subject: nullable(hash),
    question: nullable(hash),
    fields: listOf(fieldDecision, 1, 256),
  },
  OUTCOME: {
    operationId: word,
    of: listOf(
      closed({
        leaf: hash,
        outcome: oneOf(statedOutcomes),
        rows: listOf(closed({ field: coordinate, rows: count }), 0, 256),
      }),
      1,
      256,
    ),
  },
  CONSULTATION: {
    operationId: word,
    operationHash: hash,
    operationName: nullable(hash),
    actor: hash,
    role: oneOf([...clientRoles, "GATEWAY", "SERVICE", "OPERATOR"]),
    country: nullable(country),
    authority: nullable(word),
    platform: nullable(word),
    subject: nullable(hash),
    warrant: nullable(hash),
    case: nullable(hash),
    question: hash,
    reads: listOf(closed({ field: coordinate, rows: count }), 1, maxReads),
  },
  ERASURE: { erasure: word, ground: oneOf(erasureGrounds), leaves: count, requestedBy: hash, confirmedBy: hash },
  RETENTION: { minimum: count, through: matching("a month", /^\d{4}-(0[1-9]|1[0-2])$/), actor: hash },
  HOLD: {
    hold: word,
    act: oneOf(holdActs),
    ground: oneOf(holdGrounds),
    warrant: nullable(hash),
    case: nullable(hash),
    from: nullable(instant),
    to: nullable(instant),
    actor: hash,
  },
  WARRANT: {
    act: hash,
    what: oneOf(warrantActs),
    doneAt: instant,
    from: nullable(oneOf(warrantStatuses)),
    to: oneOf(warrantStatuses),
    by: oneOf(parties),
    actor: hash,
    country,
    authority: word,
    authorityKind: oneOf(authorityKinds),
    platform: word,
    warrant: hash,
    warrantContent: hash,
    case: hash,
    kind: oneOf(warrantKinds),
    categories: listOf(oneOf(dataCategories), 1, dataCategories.length),
    emergency: flag,
    issued: flag,
    validationOwed: flag,
    validatedBy: nullable(oneOf(authorityKinds)),
    signingKey: nullable(word),
    deadline: nullable(closed({ at: instant, state: oneOf(deadlineStates) })),
    duties: listOf(
      closed({
        kind: oneOf(obligationKinds),
        owner: oneOf(parties),
        state: oneOf(obligationStates),
        dueAt: nullable(instant),
      }),
      0,
      maxDuties,
    ),
    obligations: nullable(hash),
  },
  ORIGIN: {
    origin: word,
    previous: closed({ origin: word, size: count, root: hash }),
    lost: closed({ size: count, root: hash }),
  },
  WRITER_OPEN: {
    writer: hash,
    previous: nullable(closed({ writer: hash, batches: count, head: hash })),
    unconfirmed: listOf(closed({ writer: hash, batch: count, hash }), 0, maxUnconfirmed),
  },
  WRITER_CLOSE: {},
  HEARTBEAT: {},
  GAP: { from: instant, to: instant, reason: oneOf(gapReasons), refused: count },
  ALARM: { alarm: oneOf(alarms), operationId: nullable(word), service: nullable(word) },
};

function shapeOf(type: LeafType, version: number, more: Readonly<Record<string, Check>> = {}): Check {
  const v = test(String(version), (value) => value === version);
  return closed({ v, type: oneOf([type]), at: instant, ...bodies[type], ...more });
}

/** Version 2 of ACCESS, which names who receives what is transferred. */
const transfer = shapeOf("ACCESS", transferVersion, { purpose: oneOf(["TRANSFER"]), recipient: word });
const isTransfer = (value: unknown): boolean =>
  typeof value === "object" && value !== null && (value as { v?: unknown }).v === transferVersion;

const versionOne = Object.fromEntries(leafTypes.map((type) => [type, shapeOf(type, leafVersion)])) as Record<
  LeafType,
  Check
>;

/** The closed key set of every type of leaf, in each of its versions. */
export const leafShapes: Readonly<Record<LeafType, Check>> = {
  ...versionOne,
  ACCESS: (value, path) => (isTransfer(value) ? transfer : versionOne.ACCESS)(value, path),
};
