import type { SubgraphDefinition } from "../kit/subgraph.js";
import { RuleBook } from "./entities/rule-book.js";
import { loadBase } from "./load-base.js";
import { CreateTreaty } from "./migrations/create-treaty.js";
import { references } from "./references.js";
import { DecisionQueries } from "./resolvers/decision-queries.js";
import { WarrantItemFields } from "./resolvers/item-fields.js";
import { LawQueries } from "./resolvers/law-queries.js";
import { ReplayFields } from "./resolvers/replay-fields.js";
import { RuleBookDocuments } from "./resolvers/rule-book-documents.js";
import { RuleBookFields } from "./resolvers/rule-book-fields.js";
import { InstrumentFields, RuleFields } from "./resolvers/rule-fields.js";
import { Country } from "./types/country.js";
import { Instrument } from "./types/instrument.js";
import { Offence } from "./types/offence.js";
import { Rule } from "./types/rule.js";
import { EstablishmentStub, ReplayedDecisionStub, WarrantItemStub } from "./types/stubs.js";

export { diffRuleBooks } from "./diff-rule-books.js";
export { importRuleBook } from "./import-rule-book.js";
export { newestShipped } from "./load-base.js";
export { findRuleBook, listRuleBooks } from "./rule-books.js";

/**
 * The treaty subgraph: the law as data. It stores rule books, which never change, and answers with the one imported last; deciding itself is the
 * pure function in schema/law, the same that the gateway's door uses. It knows no person.
 */
export const treaty: SubgraphDefinition = {
  name: "treaty",
  entities: [RuleBook],
  migrations: [{ name: "001-create-treaty", class: CreateTreaty }],
  resolvers: [
    LawQueries,
    DecisionQueries,
    RuleBookFields,
    RuleFields,
    InstrumentFields,
    WarrantItemFields,
    ReplayFields,
    RuleBookDocuments,
  ],
  orphanedTypes: [
    RuleBook,
    Country,
    Instrument,
    Offence,
    Rule,
    WarrantItemStub,
    ReplayedDecisionStub,
    EstablishmentStub,
  ],
  references,
  loadBase,
};
