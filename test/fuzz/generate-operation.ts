import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from "graphql";
import type { Random } from "./random.js";

export interface Generated {
  readonly text: string;
  readonly variables: Record<string, unknown>;
}

export interface Generating {
  readonly random: Random;
  readonly schema: GraphQLSchema;
  /** Ids that exist, and some that do not. */
  readonly ids: readonly string[];
  /** Values to choose from for an argument of a field; none: it is left out where it may be. Absent: whatever fits its type. */
  readonly choices?: (field: string, argument: string) => readonly unknown[] | undefined;
  /** Coordinates that are chosen every other time where a type has any. */
  readonly prefer?: ReadonlySet<string>;
  readonly mutation?: boolean;
  readonly depth?: number;
}

/** Names of keys, required fields and everything the gateway writes: this pool found the planner's worst faults. */
const aliases = [
  ...[
    "id",
    "email",
    "ips",
    "name",
    "title",
    "author",
    "owner",
    "flaky",
    "jurisdiction",
    "node",
    "nodes",
    "edges",
    "startedAt",
    "seenAt",
    "handle",
  ],
  ...[
    "__typename",
    "_typename",
    "_0",
    "_1",
    "_2",
    "_e0",
    "c0_User",
    "_User",
    "_entities",
    "__k",
    "__at",
    "_g0",
    "_internal_qp_alias_0",
  ],
  ...["constructor", "__proto__", "hasOwnProperty", "toString", "a", "b"],
];

/** Values of each scalar of the real API. */
const scalars: Readonly<Record<string, unknown>> = {
  CountryCode: "FR",
  Date: "2024-03-01",
  DateTime: ["2024-03-01T00:00:00.000Z", "2024-03-01T12:00:00.000Z"],
  EmailAddress: "one@example.org",
  IP: ["192.0.2.1", "192.0.2.9"],
  PhoneNumber: "+33123456789",
  Port: 443,
  SafeInt: 3,
  URL: "https://example.org/p",
};

/** Writes a random operation over an API. It may break the rule of merging fields; the caller validates. */
export function generateOperation(generating: Generating): Generated {
  const writer = new Writer(generating);
  const { random, schema, mutation, depth = 2 + random.below(4) } = generating;
  const root = (mutation ? schema.getMutationType() : null) ?? schema.getQueryType();
  if (!root) throw new Error("the schema has no root");
  const selections = writer.selections(root, depth);
  const definitions = [...writer.definitions].map(([name, type]) => `$${name}: ${type}`);
  const kind = mutation ? "mutation" : "query";
  const text = `${kind} Op${definitions.length > 0 ? `(${definitions.join(", ")})` : ""} ${selections}\n${writer.fragments.join("\n")}`;
  return { text, variables: writer.variables };
}

class Writer {
  readonly definitions = new Map<string, string>();
  readonly variables: Record<string, unknown> = {};
  readonly fragments: string[] = [];
  readonly #fragmentTypes: { readonly name: string; readonly type: GraphQLCompositeType }[] = [];

  constructor(private readonly generating: Generating) {}

  selections(type: GraphQLCompositeType, depth: number): string {
    const { random } = this.generating;
    const count = 1 + random.below(depth > 2 ? 3 : 4);
    const parts = Array.from({ length: count }, () => this.selection(type, depth));
    return `{ ${parts.join(" ")} }`;
  }

  private selection(type: GraphQLCompositeType, depth: number): string {
    const { random } = this.generating;
    if (depth > 0 && random.chance(isAbstractType(type) ? 0.5 : 0.15)) return this.fragment(type, depth);
    if (random.chance(0.06) || isUnionType(type))
      return `${random.chance(0.3) ? `${random.pick(aliases)}: ` : ""}__typename${this.conditions()}`;
    const fields = Object.values(type.getFields()).filter(
      (field) => depth > 0 || !isCompositeType(getNamedType(field.type)),
    );
    const { prefer } = this.generating;
    const preferred = prefer ? fields.filter(({ name }) => prefer.has(`${type.name}.${name}`)) : [];
    const among = preferred.length > 0 && random.chance(0.5) ? preferred : fields;
    return among.length === 0 ? "__typename" : this.field(random.pick(among), depth);
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const { random } = this.generating;
    const alias = random.chance(0.35) ? `${random.pick(aliases)}: ` : "";
    const type = getNamedType(field.type);
    const below = isCompositeType(type) ? ` ${this.selections(type, depth - 1)}` : "";
    return `${alias}${field.name}${this.arguments(field)}${this.conditions()}${below}`;
  }

  private fragment(type: GraphQLCompositeType, depth: number): string {
    const { random, schema } = this.generating;
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    const concrete = random.pick(possible);
    const on = random.chance(0.7) ? concrete : random.pick([type, ...concrete.getInterfaces()]);
    const known = this.#fragmentTypes.filter((each) => each.type === on);
    if (known.length > 0 && random.chance(0.3)) return `...${random.pick(known).name}${this.conditions()}`;
    if (random.chance(0.3)) {
      const name = `F${this.#fragmentTypes.length}`;
      const body = this.selections(on, depth - 1);
      this.#fragmentTypes.push({ name, type: on });
      this.fragments.push(`fragment ${name} on ${on.name} ${body}`);
      return `...${name}${this.conditions()}`;
    }
    return `...${random.chance(0.1) && isObjectType(type) ? "" : ` on ${on.name}`}${this.conditions()} ${this.selections(on, depth)}`;
  }

  private conditions(): string {
    const { random } = this.generating;
    let text = "";
    for (const directive of ["skip", "include"]) {
      if (!random.chance(0.08)) continue;
      text += ` @${directive}(if: ${random.chance(0.7) ? `$${this.condition()}` : String(random.chance(0.5))})`;
    }
    return text;
  }

  private condition(): string {
    const { random } = this.generating;
    const name = random.pick(["v", "w", "__proto__"]);
    if (this.definitions.has(name)) return name;
    const value = random.chance(0.5);
    if (name === "w") this.definitions.set(name, `Boolean = ${value}`);
    else if (name === "v") {
      this.definitions.set(name, "Boolean!");
      this.variables[name] = value;
    } else return this.condition();
    return name;
  }

  private arguments({ name, args }: GraphQLField<unknown, unknown>): string {
    const { random, choices } = this.generating;
    const chosen = (arg: GraphQLArgument): readonly unknown[] | undefined => choices?.(name, arg.name);
    const given = args.filter((arg) => {
      const required = isNonNullType(arg.type) && arg.defaultValue === undefined;
      return required || (chosen(arg)?.length !== 0 && random.chance(0.5));
    });
    if (given.length === 0) return "";
    return `(${given.map((arg) => `${arg.name}: ${this.value(arg.type, chosen(arg))}`).join(", ")})`;
  }

  private value(type: GraphQLInputType, choices: readonly unknown[] | undefined): string {
    const { random } = this.generating;
    const literal = choices && choices.length > 0 ? () => random.pick(choices) : () => this.literal(type);
    if (random.chance(0.3) && !isInputObjectType(getNamedType(type))) return this.variable(type, literal);
    return JSON.stringify(literal(), (_, value: unknown) => value)
      .replace(/"(\w+)":/g, "$1: ")
      .replace(/"#(\w+)"/g, "$1");
  }

  private variable(type: GraphQLInputType, literal: () => unknown): string {
    const { random } = this.generating;
    const text = String(type);
    const known = [...this.definitions].filter(([name, each]) => name.startsWith("x") && each === text);
    if (known.length > 0 && random.chance(0.5)) return `$${random.pick(known)[0]}`;
    const name = `x${this.definitions.size}`;
    this.definitions.set(name, text);
    this.variables[name] = JSON.parse(JSON.stringify(literal()).replace(/"#(\w+)"/g, '"$1"'));
    return `$${name}`;
  }

  /** A value as JSON; enum values begin with "#". */
  private literal(type: GraphQLInputType): unknown {
    const { random, ids } = this.generating;
    if (isNonNullType(type)) return this.literal(type.ofType);
    if (isListType(type)) return Array.from({ length: random.below(4) }, () => this.literal(type.ofType));
    if (isEnumType(type)) return `#${random.pick(type.getValues()).name}`;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || random.chance(0.4));
      return Object.fromEntries(fields.map((field) => [field.name, this.literal(field.type)]));
    }
    if (type.name === "Int" || type.name === "Float") return random.below(5);
    if (type.name === "Boolean") return random.chance(0.5);
    if (type.name === "ID") return random.pick(ids);
    const values = scalars[type.name] ?? ["text", "FR"];
    return Array.isArray(values) ? random.pick(values as readonly unknown[]) : values;
  }
}
