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
  /** Cut at every entity below the first level, not only below identity fields: for what the planner cannot plan in larger pieces. */
  readonly everywhere: boolean;
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
  const selections = first.fields(roots, { type: rootType, step: null, path: [], level: 0, belowIdentity: false });
  const stages: Stage[] = [{ selections, variables: first.variables, roots: [] }];
  for (let cuts = first.cuts; cuts.length > 0; ) {
    const printer = new StagePrinter(cutting);
    const begun = cuts.map(({ type, path }, index) => ({ alias: `c${index}_${type}`, type, path }));
    const texts = begun.map(({ alias, type }, index) => {
      const fields = (cuts[index] as Cut).fields;
      const place = { type, step: null, path: [{ type: null, key: alias }], level: 1, belowIdentity: false };
      return `${alias}: ${gatewayRoot(type)} { ${printer.fields(fields, place)} }`;
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

class StagePrinter {
  readonly cuts: Cut[] = [];
  readonly variables = new Set<string>();

  constructor(private readonly cutting: Cutting) {}

  fields(fields: Fields, place: Place): string {
    if (fields.size === 0) return "__typename";
    return [...fields.values()].map((field) => this.field(field, place)).join(" ");
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

  private selection(selection: Selection, below: Omit<Place, "type" | "step">): string {
    const { abstract, byType } = selection;
    const texts = new Map<string, string>();
    for (const [type, fields] of byType)
      texts.set(type, this.object(type, fields, { ...below, type, step: abstract ? type : null }));
    if (!abstract) return [...texts.values()].join(" ");
    const common = this.commonText(selection, texts);
    if (common !== null) return `__typename ${common}`;
    return `__typename ${[...texts].map(([type, text]) => `... on ${type} { ${text} }`).join(" ")}`;
  }

  private object(type: string, fields: Fields, place: Place): string {
    const key = this.cutting.entityKeys.get(type);
    const here = place.belowIdentity || (this.cutting.everywhere && place.level > 1);
    if (!key || !here) return this.fields(fields, place);
    if ([...fields.values()].some(({ planKey }) => !key.includes(planKey)))
      this.cuts.push({ type, path: place.path, fields });
    return ["__typename", ...key].join(" ");
  }

  /** The selection of an interface where it is the same for all of its types and made of its own fields; so the planner sees no fragments without need. */
  private commonText({ type, byType }: Selection, texts: ReadonlyMap<string, string>): string | null {
    const [text, ...others] = new Set(texts.values());
    const definition = this.cutting.schema.getType(type);
    if (text === undefined || others.length > 0 || !isInterfaceType(definition)) return null;
    const own = definition.getFields();
    const keys = [...byType.keys()].flatMap((each) => this.cutting.entityKeys.get(each) ?? []);
    const selected = [...byType.values()].flatMap((fields) => [...fields.values()]);
    const known =
      keys.every((key) => own[key] !== undefined) &&
      selected.every(
        ({ name, argumentNames }) =>
          argumentNames.every((each) => own[name]?.args.some((arg) => arg.name === each)) && own[name] !== undefined,
      );
    return known ? text : null;
  }
}
