import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
} from "graphql";
import { apiSchemaOf } from "../../../schema/identity/api-schema.js";
import { read } from "./serve-subgraph.js";
import type { Thing, World } from "./world.js";

/** The same API in one schema over the same things: what the gateway has to be indistinguishable from. */
export class Monolith {
  readonly #schema: GraphQLSchema;

  constructor(supergraphSdl: string, { fields }: World) {
    this.#schema = apiSchemaOf(supergraphSdl);
    for (const type of Object.values(this.#schema.getTypeMap())) {
      if (type.name.startsWith("__")) continue;
      if (isAbstractType(type)) type.resolveType = (thing: Thing) => thing.__typename;
      if (!isObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        const own = fields[`${type.name}.${field.name}`];
        field.resolve = (thing: Thing | undefined, args) =>
          own ? own(thing ?? {}, args as never) : read(thing?.[field.name], args);
      }
    }
  }

  async run(document: DocumentNode, variableValues: Readonly<Record<string, unknown>>): Promise<ExecutionResult> {
    return execute({ schema: this.#schema, document, variableValues });
  }
}
