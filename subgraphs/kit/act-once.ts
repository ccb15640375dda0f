import { createHash } from "node:crypto";
import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from "graphql";
import type { Principal } from "../../schema/principal.js";
import type { EntityManager, SubgraphContext, SubgraphDefinition } from "./definition.js";
import { type Claim, type IdempotencyKeys, openIdempotencyKeys } from "./idempotency-keys.js";
import { outcomeText, readOutcome } from "./outcome-text.js";
import { Refusal } from "./refusal.js";

type Resolver = GraphQLFieldResolver<unknown, SubgraphContext>;

/** A request that acts under a key. */
interface Acting {
  readonly claim: Claim;
  readonly keys: IdempotencyKeys;
  readonly write: (outcome: unknown) => string;
  /** Its result was written with the act itself. */
  kept: boolean;
}

const acting = new WeakMap<SubgraphContext, Acting>();
const passing = new WeakSet<object>();

/**
 * In a transaction that acts, at its end: writes what the mutation will answer beside the act, so that neither is there without the other. Nothing happens where the
 * client repeats nothing. Throws Refusal STILL_AT_WORK where a repetition has taken over: the act must not be done then.
 */
export async function keepOutcome(
  context: SubgraphContext,
  transaction: EntityManager,
  outcome: object,
): Promise<void> {
  const of = acting.get(context);
  if (of === undefined) return;
  if (!(await of.keys.keep(transaction, of.claim, of.write(outcome)))) throw new Refusal("STILL_AT_WORK");
  of.kept = true;
}

/** Marks an answer that says "not now": under the same key it is tried again. */
export function notForGood<Outcome extends object>(outcome: Outcome): Outcome {
  passing.add(outcome);
  return outcome;
}

/**
 * Makes every mutation of a subgraph safe to repeat: under a key it is done once by all processes together, and the same principal, field and input get the first
 * result again for 24 hours. An act that failed leaves the key free. Refusals: IDEMPOTENCY for another input, STILL_AT_WORK while the first request runs.
 */
export function actOnce(schema: GraphQLSchema, definition: SubgraphDefinition): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {}))
    field.resolve = once(field.resolve ?? defaultFieldResolver, definition);
}

function once(resolve: Resolver, definition: SubgraphDefinition): Resolver {
  return async (source, args, context, info) => {
    const { idempotencyKey: key, em, clock, principal } = context;
    if (key === null) return resolve(source, args, context, info);
    const keys = openKeys(definition.name, clock);
    const of = { principal: digest(personOf(principal)), field: info.fieldName, key, input: digest(args) };
    const claimed = await keys.claim(em, of);
    if (claimed === "OTHER_INPUT") throw new Refusal("IDEMPOTENCY");
    if (claimed === "AT_WORK") throw new Refusal("STILL_AT_WORK");
    if ("result" in claimed) return readOutcome(claimed.result, definition, context);
    const { claim } = claimed;
    const mine: Acting = { claim, keys, write: (outcome) => outcomeText(outcome, definition), kept: false };
    acting.set(context, mine);
    try {
      const outcome = await resolve(source, args, context, info);
      const again = typeof outcome === "object" && outcome !== null && passing.has(outcome);
      if (!mine.kept) await (again ? keys.release(em, claim) : keys.keep(em, claim, mine.write(outcome)));
      return outcome;
    } catch (fault) {
      await keys.release(em, claim);
      throw fault;
    } finally {
      acting.delete(context);
    }
  };
}

/** One for each subgraph and clock, so that it sweeps once in a while and not at every request. */
const opened = new WeakMap<() => Date, Map<string, IdempotencyKeys>>();

function openKeys(schema: string, clock: () => Date): IdempotencyKeys {
  const ofClock = opened.get(clock) ?? new Map<string, IdempotencyKeys>();
  opened.set(clock, ofClock);
  const keys = ofClock.get(schema) ?? openIdempotencyKeys(schema, clock);
  ofClock.set(schema, keys);
  return keys;
}

function personOf({ sub, role, country, authority, platform }: Principal): object {
  return { sub, role, country, authority, platform };
}

/** Arguments come in the order of the schema, whatever the client wrote, so the same ones are the same text. */
function digest(value: object): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
