import { OptionalProps } from "@mikro-orm/core";
import { Entity, PrimaryKey, Property, Trigger, Unique } from "@mikro-orm/decorators/legacy";
import { Field, ObjectType } from "type-graphql";
import { Key } from "../../kit/directives.js";
import { GraphQLDate } from "../../kit/scalars.js";

/** What the database does when somebody changes a rule book. */
export const refuseChange = "raise exception 'a rule book is never changed: import another one'";

/** A version of the law. It is imported once and never changes; its hash is its name. The one imported last is in force. */
@Key("hash")
@ObjectType("RuleBook", {
  description: "A version of the law as data. It never changes: a decision that names its hash can be replayed.",
})
@Entity({ tableName: "rule_books" })
@Trigger({ name: "never_change", timing: "before", events: ["delete", "update"], forEach: "row", body: refuseChange })
export class RuleBook {
  [OptionalProps]?: "position";

  @Field(() => String, { description: "SHA-256 (hex) of the canonical document (RFC 8785)." })
  @PrimaryKey({ type: "text" })
  hash!: string;

  /** Order of import. */
  @Property({ type: "integer", columnType: "int", autoincrement: true })
  @Unique({ name: "rule_books_position_unique" })
  position!: number;

  @Field(() => String)
  @Property({ type: "text" })
  @Unique({ name: "rule_books_version_unique" })
  version!: string;

  @Field(() => GraphQLDate, { description: "The day whose law it describes." })
  @Property({ type: "date" })
  asOf!: string;

  @Field(() => [String], { description: "What the writers know to be missing or unsure." })
  @Property({ type: "string[]", columnType: "text[]" })
  knownGaps!: string[];

  @Field(() => String)
  @Property({ type: "text" })
  disclaimer!: string;

  /** The text as it was imported. */
  @Property({ type: "text", lazy: true })
  document!: string;
}
