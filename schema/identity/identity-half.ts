import {
  type FieldDefinitionNode,
  getNamedType,
  type InterfaceTypeDefinitionNode,
  isAbstractType,
  isTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type TypeDefinitionNode,
} from "graphql";
import { type Division, keyFields } from "./divide-types.js";
import { dataCategorySdl, factsField, factsSelection, factsType, factsTypeSdl } from "./identity-spec.js";
import { coordinateOf, type Mark, possibleTypes, subjectField } from "./marks.js";
import { directivesNamed, textArgument, withoutDirectives } from "./sdl-nodes.js";
import { directive, shareable } from "./shareable.js";
import { isEntity, isRootType, keysOf, type Subgraph } from "./subgraph.js";

/**
 * The types of the identity half: of the roots nothing but marked searches; every owner with its key, its marked fields and an `@requires` on the facts of their subject; other entities
 * as stubs; the value types that the marked fields lead to.
 */
export function identityTypes(subgraph: Subgraph, division: Division): readonly TypeDefinitionNode[] {
  const own = [...subgraph.types.values()]
    .filter(({ name }) => division.identity.has(name.value))
    .map((type) => identityType(subgraph, division, type));
  const missing = suppliedTypes.filter(({ name }) => own.every((type) => type.name.value !== name.value));
  return [...own, ...missing.map((type) => subgraph.types.get(type.name.value) ?? type)];
}

/** What every identity half needs: the facts, and the categories that the directive names. */
const suppliedTypes = parse(`${factsTypeSdl}\nscalar CountryCode\n${dataCategorySdl}`, {
  noLocation: true,
}).definitions.filter(isTypeDefinitionNode);

function identityType(subgraph: Subgraph, division: Division, type: TypeDefinitionNode): TypeDefinitionNode {
  if (type.kind === Kind.INTERFACE_TYPE_DEFINITION) {
    const fields = type.fields?.filter((field) => division.identityHas(type.name.value, field.name.value)) ?? [];
    return { ...withImplemented(type, division), fields };
  }
  if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) return type;
  const object = withImplemented(type, division);
  if (isRootType(type.name.value))
    return {
      ...object,
      fields: object.fields?.filter((field) => division.identityHas(type.name.value, field.name.value)) ?? [],
    };
  if (isEntity(type)) return identityEntity(subgraph, division, object);
  return division.shared.has(type.name.value) ? shareable(object) : object;
}

function withImplemented<T extends ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode>(
  type: T,
  division: Division,
): T {
  return {
    ...type,
    interfaces: type.interfaces?.filter((implemented) => division.identity.has(implemented.name.value)) ?? [],
  };
}

function identityEntity(
  subgraph: Subgraph,
  division: Division,
  type: ObjectTypeDefinitionNode,
): ObjectTypeDefinitionNode {
  const name = type.name.value;
  const stubKey = (fields: string) => directive("key", { fields, resolvable: false });
  const keys = keysOf(type).map((key) =>
    division.owners.has(name) ? key : stubKey(textArgument(key, "fields") ?? ""),
  );
  const own = (type.fields ?? []).flatMap((field) => {
    const coordinate = `${name}.${field.name.value}`;
    const mark = division.marks.find((candidate) => coordinateOf(candidate) === coordinate);
    if (mark)
      return [
        {
          ...field,
          directives: [
            ...withoutDirectives(field, "requires").directives,
            directive("requires", { fields: requirement(subgraph, mark, field) }),
          ],
        },
      ];
    if (division.subjectFields.has(coordinate)) return [{ ...field, directives: [directive("external")] }];
    return division.borrowed.has(coordinate) || keyFields(type).includes(field.name.value) ? [field] : [];
  });
  const facts = division.subjects.has(name) ? (externalFacts.fields ?? []) : [];
  return { ...type, directives: keys, fields: [...own, ...facts] };
}

const externalFacts = parse(`type T { ${factsField}: ${factsType}! @external }`, { noLocation: true })
  .definitions[0] as ObjectTypeDefinitionNode;

/** The field set that carries the facts and what else the field requires. */
function requirement(subgraph: Subgraph, mark: Mark, field: FieldDefinitionNode): string {
  const own = directivesNamed(field, "requires").flatMap((each) => textArgument(each, "fields") ?? []);
  return [subjectRequirement(subgraph, mark), ...own].join(" ");
}

/** The field set that names the subject and carries the facts. */
function subjectRequirement(subgraph: Subgraph, mark: Mark): string {
  const subject = subjectField(mark);
  if (!subject) return factsSelection;
  const named = getNamedType(subject.type);
  const selection = (type: string): string => `${keyFields(subgraph.types.get(type)).join(" ")} ${factsSelection}`;
  if (!isAbstractType(named)) return `${subject.name} { ${selection(named.name)} }`;
  const fragments = possibleTypes(subgraph, named).map((type) => `... on ${type} { ${selection(type)} }`);
  return `${subject.name} { __typename ${fragments.join(" ")} }`;
}
