import { dataCategories } from "../law/vocabulary.js";

/**
 * The names that the two ends of composition agree on: what a subgraph's printed SDL says about itself (the kit writes it, the split reads it),
 * and the facts of jurisdiction that every person carries. A change here is a change of the contract with every platform engineer.
 */

/** The identity spec as a subgraph links it. The host is a name, nothing is fetched from it. */
export const identitySpec = "https://rogatory.example/identity";
export const identitySpecUrl = `${identitySpec}/v1.0`;

/** The federation spec as a subgraph links it. */
export const federationSpec = "https://specs.apollo.dev/federation";
export const federationSpecUrl = `${federationSpec}/v2.9`;

/** What every subgraph imports from the federation spec. */
export const federationImports = [
  "@key",
  "@requires",
  "@external",
  "@inaccessible",
  "@shareable",
  "@provides",
  "@override",
  "@composeDirective",
] as const;

/** What a subgraph may import beside: a rule of its own says where it may stand. */
export const interfaceObjectImport = "@interfaceObject";

/** Says of a type what `extend type` says, for servers that cannot print that; it is read as such. */
export const extendsImport = "@extends";

/** Everything that a subgraph may import from the federation spec. */
export const knownImports: readonly string[] = [...federationImports, interfaceObjectImport, extendsImport];

/** Name of the directive, without the at sign. */
export const identityDirective = "identity";

export const identityDirectiveSdl =
  "directive @identity(category: DataCategory!, subject: String, at: String, identifier: String) on FIELD_DEFINITION";

/** The directive as a subgraph may define it that searches by nothing. */
export const searchlessDirectiveSdl =
  "directive @identity(category: DataCategory!, subject: String, at: String) on FIELD_DEFINITION";

/** Name of the directive by which an engineer says, beside a field that looks like identity data, that it is none and why. */
export const publicDirective = "public";

export const publicDirectiveSdl =
  "directive @public(reason: String!) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION";

/** Every directive of the identity spec, as it defines them. `@public` stays in the SDL of its subgraph: the split reads it and drops it. */
export const specifiedDirectives = [
  { name: identityDirective, sdl: identityDirectiveSdl, composed: true },
  { name: publicDirective, sdl: publicDirectiveSdl, composed: false },
] as const;

/** The categories as SDL, for a subgraph that marks fields and uses the enum nowhere else. */
export const dataCategorySdl = `enum DataCategory {\n${dataCategories.map((category) => `  ${category}\n`).join("")}}`;

/** The link to the federation spec with these imports. */
export function federationHeaderFor(imports: readonly string[]): string {
  const imported = imports.map((name) => JSON.stringify(name)).join(", ");
  return `extend schema @link(url: "${federationSpecUrl}", import: [${imported}])`;
}

/** Stands at the top of the SDL of a subgraph without identity fields. */
export const federationHeader = federationHeaderFor(federationImports);

/**
 * Follows `federationHeader` in the SDL of a subgraph that uses these directives of the identity spec. With `@identity` the SDL must define `DataCategory` as
 * well (`dataCategorySdl` where it does not already).
 */
export function identityHeaderFor(names: readonly string[]): string {
  const used = specifiedDirectives.filter(({ name }) => names.includes(name));
  const imported = used.map(({ name }) => `"@${name}"`).join(", ");
  const composed = used.filter((each) => each.composed).map(({ name }) => ` @composeDirective(name: "@${name}")`);
  const link = `extend schema @link(url: "${identitySpecUrl}", import: [${imported}])${composed.join("")}`;
  return [link, ...used.map(({ sdl }) => sdl)].join("\n");
}

/** Follows `federationHeader` in the SDL of a subgraph that marks identity fields and uses nothing else of the spec. */
export const identityHeader = identityHeaderFor([identityDirective]);

/** The field by which a person carries the facts that the door decides on; it is `@inaccessible` and non-null. */
export const factsField = "jurisdiction";
/** The type of `factsField`: `@inaccessible @shareable`. */
export const factsType = "Jurisdiction";
/** The fields of `factsType`, in the order in which they are required. */
export const factFields = ["providerCountry", "residence", "nationality", "locatedIn", "protectedRole"] as const;
/** The facts as every subgraph that has them must declare them; `scalar CountryCode` goes with it. */
export const factsTypeSdl = `type ${factsType} @inaccessible @shareable {
  providerCountry: CountryCode!
  residence: CountryCode
  nationality: CountryCode
  locatedIn: CountryCode
  protectedRole: String
}`;
/** The facts as a field set: what every identity field `@requires` of its subject. */
export const factsSelection = `${factsField} { ${factFields.join(" ")} }`;

/** Suffix of the identity half's name: `platform` is split into `platform` and `platform_identity`. */
export const identityHalfSuffix = "_identity";
/** The virtual half whose roots hand collected entities to the next stage. */
export const gatewayRootsHalf = "gateway_roots";
/** The inaccessible root that stands for every entity of a type in `gatewayRootsHalf`, for example `_User: [User!]!`. */
export const gatewayRoot = (type: string): string => `_${type}`;

/** Names that the gateway writes into its own documents: a type, field, argument, enum value or input field called so is refused. */
export const reservedName = /^_\d|^__at|^__k/;
