import { Field, ID, ObjectType } from "type-graphql";
import { citationsOf } from "../../../schema/law/compile-rule-book.js";
import type { RuleBook as LawBook, Instrument as LawInstrument } from "../../../schema/law/rule-book.js";
import { Key } from "../../kit/directives.js";
import { GraphQLDate } from "../../kit/scalars.js";
import { Citation } from "./citation.js";

@Key("id")
@ObjectType("Instrument", {
  description: "A treaty, a law or a policy: what rules are taken from. Its rules are those of the same rule book.",
})
export class Instrument {
  constructor(
    private readonly instrument: LawInstrument,
    readonly book: LawBook,
  ) {}

  @Field(() => ID)
  get id(): string {
    return this.instrument.id;
  }

  @Field(() => String)
  get name(): string {
    return this.instrument.name;
  }

  @Field(() => String)
  get kind(): string {
    return this.instrument.kind;
  }

  @Field(() => [String], { description: "Countries, group:NAME, platform:CODE, or * for all." })
  get parties(): readonly string[] {
    return this.instrument.parties;
  }

  @Field(() => GraphQLDate, { nullable: true })
  get inForceFrom(): string | null {
    return this.instrument.inForceFrom;
  }

  @Field(() => GraphQLDate, { nullable: true, description: "The first day on which it is no longer in force." })
  get inForceTo(): string | null {
    return this.instrument.inForceTo;
  }

  @Field(() => [Citation])
  get citations(): readonly Citation[] {
    return citationsOf(this.instrument.citation, this.book);
  }

  @Field(() => Boolean)
  get confirmed(): boolean {
    return this.instrument.confirmed;
  }
}
