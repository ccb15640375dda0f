import type { Migration } from "@mikro-orm/migrations";
import type { SqlEntityManager } from "@mikro-orm/sql";
import type { GrantClaims, GrantedEntity, GrantedSearch, KnownFacts, SubgraphHandler } from "../../schema/calls.js";
import type { RuleBook } from "../../schema/law/rule-book.js";
import type { Principal } from "../../schema/principal.js";

/**
 * What a subgraph is to the kit. An engineer writes entities, resolvers, references and migrations; everything that protects people
 * (the signed call, the grant, the guard of every identity field, masked errors) is added by the kit and cannot be left out.
 */

/** Business time. Injected, so that the law of another day can be shown and tests are frozen. */
export type Clock = () => Date;

/** MikroORM's EntityManager, the same for the embedded database and a server. */
export type EntityManager = SqlEntityManager;

/** A class, as decorators mark it. */
// biome-ignore lint/complexity/noBannedTypes: decorators mark constructors of every shape.
export type MarkedClass = Function;

/**
 * Asks the whole graph on behalf of the caller (role SERVICE: no identity data). Throws `GraphUnavailable` when there is no whole answer, and
 * `GraphInsideTransaction` when called inside one: on the embedded database such a call would wait for ever.
 */
export type Graph = <T>(query: string, variables?: Record<string, unknown>) => Promise<T>;

/** A grant that passed every check of `openGrant`; what it lists may be answered, nothing else. */
export interface Grant {
  readonly claims: GrantClaims;
  /** By `grantKey(type, id)`; several where its fields are about several persons. */
  readonly entities: ReadonlyMap<string, readonly GrantedEntity[]>;
  readonly subjects: ReadonlyMap<string, KnownFacts>;
  /** Null: no search. */
  readonly search: GrantedSearch | null;
}

/** What every resolver and reference gets; one for each request. */
export interface SubgraphContext {
  readonly principal: Principal;
  readonly operationId: string;
  /** A fork of its own: nothing read in one request is seen by another. */
  readonly em: EntityManager;
  readonly clock: Clock;
  readonly graph: Graph;
  /** The client's key of a mutation that she may repeat (`act-once.ts`); null: none. */
  readonly idempotencyKey: string | null;
  /** Null where the request brought none, or one that did not hold. The kit checks it before an identity field is resolved. */
  readonly grant: Grant | null;
}

/** Makes an entity from its key. Null where there is none, or where the caller may not know of it. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of a representation is that of the type's own key.
export type ResolveReference = (reference: any, context: SubgraphContext) => unknown;

export interface NamedMigration {
  readonly name: string;
  readonly class: new (...args: ConstructorParameters<typeof Migration>) => Migration;
}

export interface SubgraphDefinition {
  /** Name of the service, and of its PostgreSQL schema. */
  readonly name: string;
  readonly entities: readonly MarkedClass[];
  /** In order; each runs once. */
  readonly migrations: readonly NamedMigration[];
  readonly resolvers: readonly MarkedClass[];
  /** Types that no root leads to: implementations of interfaces, entities reached by reference only, stubs. */
  readonly orphanedTypes?: readonly MarkedClass[];
  /** By GraphQL type name; one for every type with a resolvable key. */
  readonly references: Readonly<Record<string, ResolveReference>>;
  /** Data that every installation needs, or the demo register. Idempotent. */
  loadBase?(em: EntityManager): Promise<void>;
  /** Demo data dated by the clock, under the law that comes with the program: there is no graph to ask yet. Idempotent. */
  loadDemo?(em: EntityManager, clock: Clock, law: RuleBook): Promise<void>;
  /** Starts background work, returns what ends it. */
  afterStart?(running: RunningSubgraph): Promise<() => Promise<void>>;
}

/** A subgraph that answers. */
export interface RunningSubgraph {
  readonly name: string;
  readonly handle: SubgraphHandler;
  readonly clock: Clock;
  /** Paths, by name, of files on this machine that are this subgraph's own: keys and the like, which must not stand in the database. */
  readonly files: Readonly<Record<string, string>>;
  /** A fresh fork. */
  em(): EntityManager;
  /** Creates the schema and runs the migrations that have not run. Safe to call from several processes at once. */
  migrate(): Promise<void>;
  loadBase(): Promise<void>;
  loadDemo(law: RuleBook): Promise<void>;
  /** Starts `afterStart`, once; call it after `migrate`. */
  start(): Promise<void>;
  /** Rejects when the database does not answer. */
  ready(): Promise<void>;
  /** The SQL that would make the database fit the entities; empty when the migrations say the same as the classes. */
  drift(): Promise<string>;
  /** Ends background work and the connections. A shared embedded database stays open: it belongs to whoever handed it in. */
  close(): Promise<void>;
}
