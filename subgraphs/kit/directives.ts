import { Directive } from "type-graphql";
import type { IdentifierKind } from "../../schema/identity/identifier.js";
import { identityDirective, publicDirective } from "../../schema/identity/identity-spec.js";
import type { DataCategory } from "../../schema/law/vocabulary.js";

type ClassMark = (target: object) => void;
type Mark = MethodDecorator & PropertyDecorator & ClassDecorator;

export interface IdentityMark {
  readonly category: DataCategory;
  /** Path of single-valued fields from the parent to the person, dots between; default: the parent itself. */
  readonly subject?: string;
  /** The time field of the rows; the kit and the gateway hold it against the period of the warrant. */
  readonly at?: string;
  /** On a root field that finds persons: by what. Its arguments and its result are then those that the lint of composition names. */
  readonly identifier?: IdentifierKind;
}

/** This field is identity data of that category: the one thing to write to protect it. It must be nullable, and never in a key; on a root only as a search. */
export function Identity({ category, subject, at, identifier }: IdentityMark): MethodDecorator & PropertyDecorator {
  const rest = Object.entries({ subject, at, identifier }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${JSON.stringify(value)}`],
  );
  return Directive(`@${identityDirective}(${[`category: ${category}`, ...rest].join(", ")})`);
}

/**
 * What looks like identity data and is none, in writing: the lint asks for it where a name or a type speaks of e-mail, phone, address, birth and the like. The
 * reason is a sentence that says why nobody can be identified or reached by it.
 */
export function Public(reason: string): MethodDecorator & PropertyDecorator & ParameterDecorator {
  return Directive(`@${publicDirective}(reason: ${JSON.stringify(reason)})`);
}

/** Makes the type an entity. `resolvable: false` for a stub: this subgraph only knows the key. */
export function Key(fields: string, { resolvable = true }: { resolvable?: boolean } = {}): ClassMark {
  return Directive(`@key(fields: ${JSON.stringify(fields)}${resolvable ? "" : ", resolvable: false"})`) as ClassMark;
}

/** Other subgraphs may use it, clients never see it. */
export const Inaccessible = (): Mark => Directive("@inaccessible");

/** Several subgraphs answer it alike. */
export const Shareable = (): Mark => Directive("@shareable");

/** Another subgraph owns the field; it comes with the representation. */
export const External = (): Mark => Directive("@external");

/** Fields of other subgraphs that this one needs, as a field set. */
export const Requires = (fields: string): MethodDecorator & PropertyDecorator =>
  Directive(`@requires(fields: ${JSON.stringify(fields)})`);
