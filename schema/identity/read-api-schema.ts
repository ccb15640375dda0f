import { buildSchema, type GraphQLSchema } from "graphql";
import { checkScalars } from "./check-scalars.js";

/** The schema that clients see, from the SDL that was printed of it when the graph was composed: what was checked then is not checked again. */
export function readApiSchema(apiSdl: string): GraphQLSchema {
  const schema = buildSchema(apiSdl, { assumeValidSDL: true, noLocation: true });
  checkScalars(schema);
  return schema;
}
