import type {
  BatchFetchNode,
  FetchNode,
  InputRewrite,
  OutputRewrite,
  PlanNode,
  QueryPlan,
  RequiresSelection,
} from "@graphql-hive/router-query-planner";
import { type FieldNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";
import type { IdentityField } from "../../schema/identity/catalog.js";
import { factsField } from "../../schema/identity/identity-spec.js";
import { readFetch } from "./fetch-document.js";
import type { GuardedGraph } from "./guarded-graph.js";
import type { HalfSchema, HalfType } from "./half-schema.js";
import { entitiesIn, type Rename, readRenames, renamedFields } from "./rename-keys.js";
import { readSentTypes } from "./sent-types.js";

/** A plan that would go around the door, or that nobody understands. */
export class PlanRefused extends Error {
  override readonly name = "PlanRefused";
}

/**
 * Reads every fetch of a plan against the schema of the half it goes to (door.md, M4), before anything runs. Holds for a verified plan:
 * identity fields stand only at the top of an `_entities` selection of the half that serves them, searches only at the root of a query to it; facts of jurisdiction and subjects are asked only of the half
 * that owns them; no value is moved under the name of another field.
 * @returns the identity fields that the plan can ask for.
 * @throws PlanRefused with what was found.
 */
export function verifyPlan(plan: QueryPlan, graph: GuardedGraph): ReadonlySet<IdentityField> {
  const verifier = new Verifier(graph);
  if (plan.node) verifier.node(plan.node);
  return verifier.asked;
}

/** Response keys that only the gateway and the planner write: never the name of a field. */
const madeAlias = /^(_\d+|_internal_qp_alias_\d+|_e\d+|c\d+_\w+)$/;

/** What the paths of a fetch's renames begin at: its root, or its entities. */
interface Renamed {
  readonly selectionSet: SelectionSetNode | undefined;
  readonly entities: boolean;
}

function renamedIn(
  { selectionSet }: OperationDefinitionNode,
  input: { readonly alias?: string; readonly requires?: readonly RequiresSelection[] },
): Renamed {
  if (!input.requires) return { selectionSet, entities: false };
  return { selectionSet: entitiesIn(selectionSet, input.alias)?.selectionSet, entities: true };
}

function isAtTop({ path: [first, second] }: Rename): boolean {
  return first === undefined || second === undefined || !("Key" in first);
}

class Verifier {
  readonly asked = new Set<IdentityField>();

  constructor(private readonly graph: GuardedGraph) {}

  node(node: PlanNode): void {
    switch (node.kind) {
      case "Sequence":
      case "Parallel":
        for (const each of node.nodes) this.node(each);
        return;
      case "Flatten":
        if (node.node.kind !== "Fetch") throw new PlanRefused(`a Flatten wraps a ${node.node.kind}`);
        this.fetch(node.node);
        return;
      case "Condition":
        if (node.ifClause) this.node(node.ifClause);
        if (node.elseClause) this.node(node.elseClause);
        return;
      case "Fetch":
      case "BatchFetch":
        this.fetch(node);
        return;
      default:
        throw new PlanRefused(`the plan holds a ${node.kind}`);
    }
  }

  private fetch(node: FetchNode | BatchFetchNode): void {
    const half = this.graph.halves.get(node.serviceName);
    if (!half) throw new PlanRefused(`there is no half ${node.serviceName}`);
    const inputs = node.kind === "BatchFetch" ? node.entityBatch.aliases : [node];
    const operation = readFetch(node.operation);
    for (const input of inputs) {
      const { inputRewrites, outputRewrites, requires } = input;
      this.rewrites(inputRewrites, half);
      this.renames(outputRewrites, renamedIn(operation, input), half);
      this.required(requires ?? [], half);
    }
    const root = half.roots.get(operation.operation);
    if (!root) throw new PlanRefused(`${half.name} is asked for a ${operation.operation}`);
    for (const field of this.topFields(operation, half)) {
      this.alias(field, half);
      if (field.name.value === "_entities") this.entities(field.selectionSet, half, null);
      else if (half.identity) this.search(root, field, half);
      else this.field(root, field, half);
    }
  }

  private topFields(operation: OperationDefinitionNode, half: HalfSchema): readonly FieldNode[] {
    return operation.selectionSet.selections.map((selection) => {
      if (selection.kind !== Kind.FIELD) throw new PlanRefused(`a fetch from ${half.name} has a fragment at its root`);
      return selection;
    });
  }

  /** A representation may go under another type only where a public half knows its entities as an interface, or holds the interface as an object. */
  private rewrites(rewrites: readonly InputRewrite[] | undefined, half: HalfSchema): void {
    for (const sent of readSentTypes(rewrites) ?? [null]) {
      if (half.identity || sent === null || !this.type(half, sent.as).standsForMany)
        throw new PlanRefused(`a fetch of entities from ${half.name} rewrites what it sends`);
    }
  }

  /** A root of an identity half: a marked search of its own and nothing else. Below it stand keys alone; whatever else is selected is asked about later. */
  private search(root: string, field: FieldNode, half: HalfSchema): void {
    const marked = this.graph.identity.get(root)?.get(field.name.value);
    if (!marked?.search || marked.half !== half.name)
      throw new PlanRefused(`the identity half ${half.name} is asked for the root ${field.name.value}`);
    this.asked.add(marked);
    this.below(this.type(half, root), field, half);
  }

  /** A key may be renamed only to the name of the very field that stands under it, and not at the top of an entity: there the planner's own keys have other meanings. */
  private renames(
    rewrites: readonly OutputRewrite[] | undefined,
    { selectionSet, entities }: Renamed,
    half: HalfSchema,
  ): void {
    if (half.identity && rewrites?.length) throw new PlanRefused(`a fetch from ${half.name} rewrites keys`);
    for (const rename of readRenames(rewrites) ?? [null]) {
      const fields = rename && !(entities && isAtTop(rename)) ? renamedFields(selectionSet, rename) : [];
      if (fields.length === 0 || fields.some(({ name }) => name.value !== rename?.to))
        throw new PlanRefused(`a fetch from ${half.name} renames a key to ${rename?.to ?? "nothing"}`);
    }
  }

  /** The top of an `_entities` selection: at an identity half its own identity fields and nothing else. */
  private entities(set: SelectionSetNode | undefined, half: HalfSchema, type: HalfType | null): void {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.entities(
          selection.selectionSet,
          half,
          selection.typeCondition ? this.type(half, selection.typeCondition.name.value) : type,
        );
      } else if (selection.kind === Kind.FIELD && selection.name.value !== "__typename") {
        if (!type) throw new PlanRefused(`a fetch from ${half.name} selects ${selection.name.value} of no type`);
        if (!half.identity) {
          this.field(type.name, selection, half);
          continue;
        }
        this.alias(selection, half);
        const fields = this.identityFields(type.name, selection.name.value);
        if (fields.length === 0 || fields.some((field) => field.half !== half.name))
          throw new PlanRefused(`the identity half ${half.name} is asked for ${type.name}.${selection.name.value}`);
        for (const field of fields) this.asked.add(field);
        this.below(type, selection, half);
      }
    }
  }

  private selections(set: SelectionSetNode | undefined, parent: string, half: HalfSchema): void {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.selections(selection.selectionSet, selection.typeCondition?.name.value ?? parent, half);
      } else if (selection.kind === Kind.FIELD) this.field(parent, selection, half);
      else throw new PlanRefused(`a fetch from ${half.name} spreads a fragment`);
    }
  }

  /** A field where none may be identity. */
  private field(parent: string, field: FieldNode, half: HalfSchema): void {
    this.alias(field, half);
    const name = field.name.value;
    if (name === "__typename") return;
    const type = this.type(half, parent);
    if (this.identityFields(parent, name).length > 0)
      throw new PlanRefused(
        `${parent}.${name} is identity and is asked of ${half.name} elsewhere than at the top of an entity of its half`,
      );
    for (const concrete of [parent, ...this.graph.possible(parent)]) {
      const owner = this.graph.owners.get(`${concrete}.${name}`);
      if (owner !== undefined && owner !== half.name)
        throw new PlanRefused(`${concrete}.${name} belongs to ${owner} and is asked of ${half.name}`);
    }
    this.below(type, field, half);
  }

  private below(type: HalfType, field: FieldNode, half: HalfSchema): void {
    const defined = type.fields.get(field.name.value);
    if (!defined) throw new PlanRefused(`${half.name} has no field ${type.name}.${field.name.value}`);
    this.selections(field.selectionSet, defined.type, half);
  }

  private type(half: HalfSchema, name: string): HalfType {
    const type = half.types.get(name);
    if (!type) throw new PlanRefused(`${half.name} has no type ${name}`);
    return type;
  }

  private identityFields(parent: string, field: string): readonly IdentityField[] {
    return this.graph.possible(parent).flatMap((type) => this.graph.identity.get(type)?.get(field) ?? []);
  }

  private alias({ alias, name }: FieldNode, half: HalfSchema): void {
    if (alias && alias.value !== name.value && !madeAlias.test(alias.value))
      throw new PlanRefused(`a fetch from ${half.name} puts ${name.value} under the name ${alias.value}`);
  }

  /** What a half knows a required type as; null where it knows its entities by an interface alone. */
  private sentAs(name: string, half: HalfSchema): HalfType | null {
    const known = half.types.get(name);
    if (!known && this.graph.possible(name).length === 0) throw new PlanRefused(`${half.name} has no type ${name}`);
    return known ?? null;
  }

  /** A representation sends what it read under the same name; another name is possible only for what an ordinary field requires with other arguments. */
  private required(requires: readonly RequiresSelection[], half: HalfSchema, type: HalfType | null = null): void {
    for (const selection of requires) {
      if (selection.kind === "FragmentSpread")
        throw new PlanRefused(`a fetch from ${half.name} requires a fragment by name`);
      if (selection.kind === "InlineFragment") {
        if (selection.skipIf !== undefined || selection.includeIf !== undefined)
          throw new PlanRefused(`a fetch from ${half.name} requires under a condition`);
        this.required(selection.selections, half, this.sentAs(selection.typeCondition, half));
        continue;
      }
      const { name, alias } = selection;
      if (alias === undefined || alias === name) continue;
      const subject = this.graph.owners.has(`${type?.name}.${alias}`);
      if (
        half.identity ||
        subject ||
        alias === factsField ||
        alias === "__typename" ||
        type?.keys.some((key) => key.includes(alias))
      )
        throw new PlanRefused(`a fetch from ${half.name} sends ${name} under the name ${alias}`);
    }
  }
}
