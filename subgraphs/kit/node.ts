import { Field, ID, InterfaceType } from "type-graphql";

/**
 * Something with an id that is unique across all types. List implementations in `orphanedTypes`: type-graphql's metadata is shared by all
 * subgraphs of a process, and registering them by itself would mix them.
 */
@InterfaceType("Node", {
  autoRegisterImplementations: false,
  description: "Something that can be fetched again by its id. Ids are unique across types.",
})
export abstract class Node {
  @Field(() => ID)
  id!: string;
}
