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
import { closed, listOf, matching, nullable, oneOf, printable, type Shape, scalar } from "./shape.js";
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

const hash = matching("a SHA-256 in lower-case hex", /^[0-9a-f]{64}$/);
const utc = matching("an instant in RFC 3339 UTC with milliseconds", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const isDay = (text: string): boolean => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text;
const instant: Shape = {
  ...utc,
  fault: (value) => utc.fault(value) ?? (isDay(value as string) ? null : utc.fault(null)),
};
const count = scalar(
  "a whole number from 0 below 2^53",
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
);
const flag = scalar("true or false", (value) => typeof value === "boolean");
const country = matching("two capital letters", /^[A-Z]{2}$/);
const word = printable("1 to 128 printable ASCII characters without spaces", /^[!-~]{1,128}$/);
const coordinate = matching("a schema coordinate", /^[A-Za-z_]\w{0,126}\.[A-Za-z_]\w{0,126}$/);

const fieldDecision = closed({
  field: coordinate,
  category: oneOf(dataCategories),
  permitted: flag,
  code: oneOf(decisionCodes),
  effect: oneOf(effects),
  rule: nullable(word),
});

const bodies: Readonly<Record<LeafType, Readonly<Record<string, Shape>>>> = {
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

function shapeOf(type: LeafType, version: number, more: Readonly<Record<string, Shape>> = {}): Shape {
  const v = scalar(String(version), (value) => value === version);
  return closed({ v, type: oneOf([type]), at: instant, ...bodies[type], ...more });
}

/** Version 2 of ACCESS, which names who receives what is transferred. */
const transfer = shapeOf("ACCESS", transferVersion, { purpose: oneOf(["TRANSFER"]), recipient: word });
const isTransfer = (value: unknown): boolean =>
  typeof value === "object" && value !== null && (value as { v?: unknown }).v === transferVersion;

const versionOne = Object.fromEntries(leafTypes.map((type) => [type, shapeOf(type, leafVersion)])) as Record<
  LeafType,
  Shape
>;

const accessOf = (value: unknown): Shape => (isTransfer(value) ? transfer : versionOne.ACCESS);

/** The closed key set of every type of leaf, in each of its versions. */
export const leafShapes: Readonly<Record<LeafType, Shape>> = {
  ...versionOne,
  ACCESS: { fault: (value) => accessOf(value).fault(value), write: (value) => accessOf(value).write(value) },
};
