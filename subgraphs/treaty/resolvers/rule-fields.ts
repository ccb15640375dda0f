import { FieldResolver, Resolver, Root } from "type-graphql";
import { Instrument } from "../types/instrument.js";
import { Rule } from "../types/rule.js";
import { viewInstrument, viewRules } from "../views.js";

@Resolver(() => Rule)
export class RuleFields {
  @FieldResolver(() => Instrument)
  instrument(@Root() { compiled, book }: Rule): Instrument {
    return viewInstrument(compiled.instrument, book);
  }
}

@Resolver(() => Instrument)
export class InstrumentFields {
  @FieldResolver(() => [Rule])
  rules(@Root() { id, book }: Instrument): readonly Rule[] {
    return viewRules(book).filter(({ compiled }) => compiled.instrument.id === id);
  }
}
