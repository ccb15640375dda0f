import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType("WarrantCount", { simpleResolvers: true, description: "Orders and their items, counted in one group." })
export class WarrantCount {
  @Field(() => [String], {
    description: "One for each dimension, in the order asked for; NONE where an item has no such value.",
  })
  keys!: string[];

  @Field(() => Int, { description: "Orders with an item in the group." })
  warrants!: number;

  @Field(() => Int)
  items!: number;

  @Field(() => Int, { description: "Items of which the data were handed over." })
  disclosed!: number;

  @Field(() => Int, { description: "Items refused, by the provider or the enforcing authority." })
  refused!: number;

  @Field(() => Int, { description: "Items that were answered after their deadline, or wait beyond it." })
  overdue!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Hours from the issue until the data were handed over, the median of the items; null where none were.",
  })
  medianHours!: number | null;
}
