import { type GraphQLSchema, isInterfaceType } from "graphql";
import { gatewayRoot } from "../../schema/identity/identity-spec.js";
import type { Fields, SelectedField, Selection } from "./normal-form.js";

/** One step down the fetched data: the object must be of this type (null: any), then its value under the key; lists are gone through. */
export interface PathStep {
  readonly type: string | null;
  readonly key: string;
}

/** Entities that a stage begins with: found in the data of the stage before, handed to the planner as the root of this name. */
export interface StageRoot {
  readonly alias: string;
  readonly type: string;
  readonly path: readonly PathStep[];
}

/** A piece of an operation that is planned by itself. The first has no roots: it begins at the operation's own. */
export interface Stage {
  readonly selections: string;
  readonly variables: ReadonlySet<string>;
  readonly roots: readonly StageRoot[];
}

/** What decides where an operation is cut. */
export interface Cutting {
  readonly schema: GraphQLSchema;
  /** The key of every entity that `gateway_roots` can stand for, by type. */
  readonly entityKeys: ReadonlyMap<string, readonly string[]>;
  isIdentity(type: string, field: string): boolean;
  /** The level from which on every entity is cut, not only below identity fields: for what the planner cannot plan in larger pieces. A root field's value is at 1. */
  readonly from: number;
  /** Cut every field of such an entity by itself: for fields that the planner cannot plan together. */
  readonly apart: boolean;
  /** Ask an interface for the fields that all of its types are asked for: for what the planner forgets of some types when each is asked by itself. */
  readonly byInterface: boolean;
  /** Leave it to the planner to ask what an object is: for `@provides` through unions and interfaces, which it does not follow where its text asks that. */
  readonly unnamed: boolean;
}

interface Cut {
  readonly type: string;
  readonly path: readonly PathStep[];
  readonly fields: Fields;
}

/**
 * Cuts the selections of an operation into stages (door.md, M2): the planner cannot plan an entity below an identity field in one piece with it, so there
 * only the key is asked, and what else is selected becomes a root of the next stage.
 */
export function cutStages(roots: Fields, rootType: string, cutting: Cutting): readonly Stage[] {
  const first = new StagePrinter(cutting);
  const selections = first.print(roots, { type: rootType, step: null, path: [], level: 0, belowIdentity: false });
  const stages: Stage[] = [{ selections, variables: first.variables, roots: [] }];
  for (let cuts = first.cuts; cuts.length > 0; ) {
    const printer = new StagePrinter(cutting);
    const begun = cuts.map(({ type, path }, index) => ({ alias: `c${index}_${type}`, type, path }));
    const texts = begun.map(({ alias, type }, index) => {
      const fields = (cuts[index] as Cut).fields;
      const place = { type, step: null, path: [{ type: null, key: alias }], level: 1, belowIdentity: false };
      return `${alias}: ${gatewayRoot(type)} { ${printer.print(fields, place)} }`;
    });
    stages.push({ selections: texts.join(" "), variables: printer.variables, roots: begun });
    cuts = printer.cuts;
  }
  return stages;
}

/** Where in the operation a selection stands. */
interface Place {
  readonly type: string;
  /** Type that the data must have here for the path to go on; null where it can have no other. */
  readonly step: string | null;
  readonly path: readonly PathStep[];
  /** Fields above: 0 at the root. */
  readonly level: number;
  readonly belowIdentity: boolean;
}

/** One selected field of an object, as it is printed. */
interface Part {
  readonly name: string;
  readonly argumentNames: readonly string[];
  readonly text: string;
}

const typeName: Part = { name: "__typename", argumentNames: [], text: "__typename" };

class StagePrinter {
  readonly cuts: Cut[] = [];
  readonly variables = new Set<string>();

  constructor(private readonly cutting: Cutting) {}

  print(fields: Fields, place: Place): string {
    return joined(this.parts(fields, place));
  }

  private parts(fields: Fields, place: Place): readonly Part[] {
    if (fields.size === 0) return [typeName];
    return [...fields.values()].map((field) => ({ ...field, text: this.field(field, place) }));
  }

  private field(field: SelectedField, { type, step, path, level, belowIdentity }: Place): string {
    const { planKey, name, selection } = field;
    for (const variable of field.variables) this.variables.add(variable);
    const head = `${planKey === name ? "" : `${planKey}: `}${name}${field.arguments}`;
    if (!selection) return head;
    const below = {
      path: [...path, { type: step, key: planKey }],
      level: level + 1,
      belowIdentity: belowIdentity || this.cutting.isIdentity(type, name),
    };
    return `${head} { ${this.selection(selection, below)} }`;
  }

  private selection({ type: parent, abstract, byType }: Selection, below: Omit<Place, "type" | "step">): string {
    const parts = new Map<string, readonly Part[]>();
    for (const [type, fields] of byType)
      parts.set(type, this.object(type, fields, { ...below, type, step: abstract ? type : null }));
    if (!abstract) return [...parts.values()].map(joined).join(" ");
    const common = this.common(parent, [...parts.values()]);
    const own = [...parts].flatMap(([type, all]) => {
      const rest = all.filter(({ text }) => !common.has(text));
      return rest.length > 0 ? [`... on ${type} { ${joined(rest)} }`] : [];
    });
    const all = [...[...common].filter((text) => text !== typeName.text), ...own];
    return (this.cutting.unnamed && all.length > 0 ? all : [typeName.text, ...all]).join(" ");
  }

  private object(type: string, fields: Fields, place: Place): readonly Part[] {
    const key = this.cutting.entityKeys.get(type);
    const here = place.belowIdentity || place.level >= this.cutting.from;
    if (!key || !here) return this.parts(fields, place);
    const isKey = ({ name }: SelectedField): boolean => key.includes(name);
    const asked = [...fields].filter(([, field]) => !isKey(field));
    const pieces = this.cutting.apart ? asked.map((each) => new Map([each])) : asked.length > 0 ? [fields] : [];
    for (const piece of pieces) this.cuts.push({ type, path: place.path, fields: piece });
    // A key that the client reads under a plan key of its own is asked for here: where the next stage begins, nobody would answer it.
    const read = new Map([...fields].filter(([planKey, field]) => isKey(field) && planKey !== field.name));
    const keys = key.map((name) => ({ name, argumentNames: [], text: name }));
    return [typeName, ...keys, ...(read.size > 0 ? this.parts(read, place) : [])];
  }

  /** What is asked of all types alike and is the interface's own, so the planner sees no fragments without need; nothing where only a part is, unless that is wanted. */
  private common(type: string, types: readonly (readonly Part[])[]): ReadonlySet<string> {
    const [first = [], ...others] = types;
    const definition = this.cutting.schema.getType(type);
    if (!isInterfaceType(definition)) return new Set();
    const own = definition.getFields();
    const known = ({ name, argumentNames }: Part): boolean =>
      name === typeName.name ||
      (argumentNames.every((each) => own[name]?.args.some((arg) => arg.name === each)) && own[name] !== undefined);
    const common = first.filter(
      (part) => known(part) && others.every((parts) => parts.some(({ text }) => text === part.text)),
    );
    const whole = types.every(({ length }) => length === common.length);
    return new Set(whole || this.cutting.byInterface ? common.map(({ text }) => text) : []);
  }
}

function joined(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join(" ");
}
