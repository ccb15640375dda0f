import {
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
} from "graphql";
import type { KnownFacts } from "../../schema/calls.js";
import { factFields, factsField } from "../../schema/identity/identity-spec.js";
import type { Grant, SubgraphContext } from "./definition.js";
import { GrantRefusal, grantKey, grantProblem } from "./grant.js";
import { checkSearch } from "./granted-search.js";
import { identityFieldsOf, identityMark, type MarkedField } from "./identity-mark.js";
import { readPeriod, rowsWithin } from "./period.js";

/**
 * The second lock (the first is the gateway's door). The kit walks the finished schema and puts this guard in front of every field that
 * carries @identity, so no engineer can forget it: the field is resolved only if the grant lists it for this entity, and the subgraph's
 * own data says the same person and the same facts of jurisdiction. What comes out is cut to the granted period once more.
 */
export function guardIdentityFields(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const mark = identityMark(field);
      if (!mark) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = mark.identifier === null ? guarded(mark, resolve) : guardedSearch(mark, resolve);
    }
  }
}

/**
 * A representation without what the subgraph must know by itself: the facts, and the way to the person. So a reference cannot hand the
 * gateway's own words back as the subgraph's data.
 */
export function ownFactsOnly(reference: Record<string, unknown>, schema: GraphQLSchema): Record<string, unknown> {
  const marks = identityFieldsOf(schema, String(reference.__typename));
  if (marks.length === 0) return reference;
  const foreign = new Set([factsField, ...marks.flatMap(({ mark }) => mark.subjectPath.slice(0, 1))]);
  return Object.fromEntries(Object.entries(reference).filter(([name]) => !foreign.has(name)));
}

type Resolver = GraphQLFieldResolver<unknown, SubgraphContext>;

function guarded(mark: MarkedField, resolve: Resolver): Resolver {
  return async (source, args, context, info) => {
    await checkGranted(mark, source, context, info);
    const value = await resolve(source, args, context, info);
    return mark.at === null ? value : rowsWithin(value, mark.at, periodOf(context.grant));
  };
}

function guardedSearch(mark: MarkedField, resolve: Resolver): Resolver {
  return async (source, args, context, info) => {
    checkSearch(mark, args, context, info.fieldName);
    return resolve(source, args, context, info);
  };
}

/** Throws GrantRefusal with the first reason that holds. */
async function checkGranted(
  mark: MarkedField,
  source: unknown,
  context: SubgraphContext,
  info: GraphQLResolveInfo,
): Promise<void> {
  const { grant } = context;
  if (!grant) throw new GrantRefusal(grantProblem(context));
  const entities = grant.entities.get(grantKey(info.parentType.name, String((source as { id?: unknown }).id)));
  if (!entities) throw new GrantRefusal("ENTITY_NOT_GRANTED");
  const entity = entities.find(({ fields }) => fields.includes(info.fieldName));
  if (!entity) throw new GrantRefusal("FIELD_NOT_GRANTED");
  if (!grant.claims.categories.includes(mark.category)) throw new GrantRefusal("CATEGORY_NOT_GRANTED");
  if (mark.at !== null && !grant.claims.period) throw new GrantRefusal("PERIOD_MISSING");
  const granted = grant.subjects.get(entity.subject);
  if (!granted) throw new GrantRefusal("SUBJECT_NOT_GRANTED");
  const own = await ownSubject(mark, source as object, context, info);
  if (own?.id !== entity.subject) throw new GrantRefusal("SUBJECT_DIFFERS");
  const { facts } = own;
  if (facts !== null && !factFields.every((fact) => facts[fact] === (granted[fact] ?? null)))
    throw new GrantRefusal("FACTS_DIFFER");
}

function periodOf(grant: Grant | null) {
  const period = grant?.claims.period;
  if (!period) throw new GrantRefusal("PERIOD_MISSING");
  return readPeriod(period);
}

interface OwnSubject {
  readonly id: string;
  /** Null where another subgraph owns the facts of this type: this one can only hold the person against the grant. */
  readonly facts: KnownFacts | null;
}

/** By context, entity and path: an entity's fields share one look. */
const subjects = new WeakMap<SubgraphContext, WeakMap<object, Map<string, Promise<OwnSubject | null>>>>();

function ownSubject(mark: MarkedField, source: object, context: SubgraphContext, info: GraphQLResolveInfo) {
  const ofContext = subjects.get(context) ?? new WeakMap<object, Map<string, Promise<OwnSubject | null>>>();
  subjects.set(context, ofContext);
  const ofSource = ofContext.get(source) ?? new Map<string, Promise<OwnSubject | null>>();
  ofContext.set(source, ofSource);
  const path = mark.subjectPath.join(".");
  const looked = ofSource.get(path) ?? lookUpSubject(mark.subjectPath, source, context, info);
  ofSource.set(path, looked);
  return looked;
}

/** Follows the subject path through the subgraph's own resolvers, then reads the person's facts. */
async function lookUpSubject(
  path: readonly string[],
  source: object,
  context: SubgraphContext,
  info: GraphQLResolveInfo,
): Promise<OwnSubject | null> {
  let type = info.parentType;
  let value: unknown = source;
  for (const name of path) {
    const next = await resolveField(type, name, value, context, info);
    if (!next) return null;
    [type, value] = next;
  }
  if (!type.getFields()[factsField]) return { id: String((value as { id: unknown }).id), facts: null };
  const facts = await resolveField(type, factsField, value, context, info);
  if (!facts) return null;
  const known = facts[1] as Partial<KnownFacts>;
  return {
    id: String((value as { id: unknown }).id),
    facts: Object.fromEntries(factFields.map((fact) => [fact, known[fact] ?? null])) as unknown as KnownFacts,
  };
}

async function resolveField(
  type: GraphQLObjectType,
  name: string,
  source: unknown,
  context: SubgraphContext,
  info: GraphQLResolveInfo,
): Promise<[GraphQLObjectType, unknown] | null> {
  const field = type.getFields()[name];
  if (!field) throw new Error(`${type.name} has no field ${name} on the way to the subject`);
  const at = { ...info, fieldName: name, parentType: type, returnType: field.type };
  const value: unknown = await (field.resolve ?? defaultFieldResolver)(source, {}, context, at);
  if (value === null || value === undefined) return null;
  const named = getNamedType(field.type);
  if (isObjectType(named)) return [named, value];
  if (!isAbstractType(named)) throw new Error(`${type.name}.${name} leads to no object on the way to the subject`);
  const concrete = info.schema.getType(String(await named.resolveType?.(value, context, at, named)));
  if (!isObjectType(concrete)) throw new Error(`${type.name}.${name}: the subject's type is not known`);
  return [concrete, value];
}
