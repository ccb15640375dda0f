import { cursorField, nodesField } from "../../schema/subscriptions.js";
import type { Variables } from "../plan/coerce-variables.js";
import { refuse } from "../respond/refuse.js";
import { Answer } from "./answer.js";
import type { CompiledOperation } from "./compiled-operation.js";
import { Bare, type Data, isData } from "./data.js";
import { type Failure, misshapen, unavailable } from "./failure.js";
import { Mark } from "./mark.js";
import { pickVariables } from "./run.js";
import type { SendPublic } from "./transport.js";

/** What a subscription's source told, in order, and the cursor to go on from. */
export interface Happened {
  readonly cursor: string;
  /** Each is what `runOperation` begins with. */
  readonly events: readonly Data[];
}

export interface SourceRequest {
  /** As the client sent them. */
  readonly variables: Variables;
  /** Null: from now on, or from where the arguments say. */
  readonly after: string | null;
  readonly sendPublic: SendPublic;
  readonly signal: AbortSignal;
}

/**
 * Asks a subscription's subgraph what happened since. Nothing of an event is believed but the key of its entity.
 * @throws GraphQLError in the words of this API: the refusal that the subgraph names, or that it failed; BAD_USER_INPUT where the variables do not fit.
 */
export async function askSource(
  { source, coerce }: CompiledOperation,
  { variables, after, sendPublic, signal }: SourceRequest,
): Promise<Happened> {
  if (source === null) throw new Error("only a subscription is followed");
  const sent = { ...pickVariables(coerce(variables), source.usages), [source.after]: after };
  const answer = await sendPublic({ half: source.half, query: source.query, variables: sent, signal }).then(
    Answer.read,
    () => Answer.failed(unavailable),
  );
  const [root] = answer.keys;
  const told = root === undefined ? answer.at("") : answer.at(root);
  if (told instanceof Mark) throw failed(told.cause.kind === "FAILED" ? told.cause.failure : misshapen);
  if (!isData(told)) throw failed(misshapen);
  const { [cursorField]: cursor, [nodesField]: nodes } = told;
  if (typeof cursor !== "string" || cursor.length > longestCursor || /[\r\n]/.test(cursor)) throw failed(misshapen);
  if (!Array.isArray(nodes)) throw failed(misshapen);
  return { cursor, events: nodes.map((node) => eventOf(node, source)) };
}

const longestCursor = 1_000;

/** An event as data at its plan key: the entity's type and key alone. */
function eventOf(node: unknown, { type, key, planKey, read }: NonNullable<CompiledOperation["source"]>): Data {
  if (!isData(node) || node.__typename !== type) throw failed(misshapen);
  const entity: Data = new Bare();
  entity.__typename = type;
  for (const field of key) {
    const value = node[field];
    if (typeof value !== "string" && typeof value !== "number") throw failed(misshapen);
    entity[field] = value;
  }
  for (const [readAs, field] of read) entity[readAs] = entity[field];
  const event: Data = new Bare();
  event[planKey] = entity;
  return event;
}

function failed({ code, message }: Failure): Error {
  return refuse(code, message);
}
