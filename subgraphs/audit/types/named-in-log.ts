import { Field, ID, ObjectType } from "type-graphql";

/** Those of the ids asked about that records in the reader's scope name. */
@ObjectType("NamedInLog", {
  simpleResolvers: true,
  description: "Those of the ids asked about that records in your scope name.",
})
export class NamedInLog {
  @Field(() => [ID])
  warrants!: string[];

  @Field(() => [ID])
  cases!: string[];
}
