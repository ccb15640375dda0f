import type { EntityManager, SubgraphDefinition } from "../kit/subgraph.js";
import { loadDemo } from "./demo.js";
import { demoRegister } from "./demo-register.js";
import { AcceptancePolicy } from "./entities/acceptance-policy.js";
import { Authority } from "./entities/authority.js";
import { AuthorityKey } from "./entities/authority-key.js";
import { Case } from "./entities/case.js";
import { CaseShare } from "./entities/case-share.js";
import { Obligation } from "./entities/obligation.js";
import { RecordingLease } from "./entities/recording-lease.js";
import { UnrecordedAct } from "./entities/unrecorded-act.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantEvent } from "./entities/warrant-event.js";
import { WarrantItem } from "./entities/warrant-item.js";
import { WarrantTarget } from "./entities/warrant-target.js";
import { AcceptByPolicy } from "./migrations/accept-by-policy.js";
import { CreateJustice } from "./migrations/create-justice.js";
import { Emergencies } from "./migrations/emergencies.js";
import { FollowWarrants } from "./migrations/follow-warrants.js";
import { KeepDeadlines } from "./migrations/keep-deadlines.js";
import { KeepObligations } from "./migrations/keep-obligations.js";
import { Preservation as PreservationTables } from "./migrations/preservation.js";
import { RankTheQueue } from "./migrations/rank-the-queue.js";
import { RecordActs } from "./migrations/record-acts.js";
import { Signatures } from "./migrations/signatures.js";
import { ValidateAndShare } from "./migrations/validate-and-share.js";
import { references } from "./references.js";
import { Acceptance } from "./resolvers/acceptance.js";
import { ActsToRecord } from "./resolvers/acts-to-record.js";
import { AuthorityFields } from "./resolvers/authority-fields.js";
import { CaseFields } from "./resolvers/case-fields.js";
import { CaseMutations } from "./resolvers/case-mutations.js";
import { DoorWarrants } from "./resolvers/door-warrants.js";
import { EnforcementMutations } from "./resolvers/enforcement-mutations.js";
import { InterchangeFields } from "./resolvers/interchange-fields.js";
import { ItemFields } from "./resolvers/item-fields.js";
import { KeyMutations } from "./resolvers/key-mutations.js";
import { ObligationFields } from "./resolvers/obligation-fields.js";
import { ObligationMutations } from "./resolvers/obligation-mutations.js";
import { ObligationQueries } from "./resolvers/obligation-queries.js";
import { Preservation } from "./resolvers/preservation.js";
import { ProviderMutations } from "./resolvers/provider-mutations.js";
import { Queries } from "./resolvers/queries.js";
import { Statistics } from "./resolvers/statistics.js";
import { Subscriptions } from "./resolvers/subscriptions.js";
import { TargetFields } from "./resolvers/target-fields.js";
import { WarrantFields } from "./resolvers/warrant-fields.js";
import { WarrantMutations } from "./resolvers/warrant-mutations.js";
import { watchClock } from "./watch-clock.js";

/**
 * The justice subgraph: authorities, their cases, and the life of their warrants. It owns no person: targets point at accounts of the
 * platform subgraph, decisions are the treaty subgraph's, and what is disclosed goes through the gateway's door, which asks here for the
 * warrant each time.
 */
export const justice: SubgraphDefinition = {
  name: "justice",
  entities: [
    ...[Authority, AuthorityKey, Case, CaseShare, Warrant, WarrantTarget, WarrantItem, WarrantEvent, Obligation],
    ...[AcceptancePolicy, UnrecordedAct, RecordingLease],
  ],
  migrations: [
    { name: "001-create-justice", class: CreateJustice },
    { name: "002-keep-deadlines", class: KeepDeadlines },
    { name: "003-validate-and-share", class: ValidateAndShare },
    { name: "004-keep-obligations", class: KeepObligations },
    { name: "005-emergencies", class: Emergencies },
    { name: "006-signatures", class: Signatures },
    { name: "007-follow-warrants", class: FollowWarrants },
    { name: "008-preservation", class: PreservationTables },
    { name: "009-rank-the-queue", class: RankTheQueue },
    { name: "010-accept-by-policy", class: AcceptByPolicy },
    { name: "011-record-acts", class: RecordActs },
  ],
  resolvers: [
    Queries,
    DoorWarrants,
    ActsToRecord,
    CaseFields,
    WarrantFields,
    ItemFields,
    TargetFields,
    CaseMutations,
    WarrantMutations,
    ProviderMutations,
    Acceptance,
    EnforcementMutations,
    AuthorityFields,
    InterchangeFields,
    KeyMutations,
    ObligationQueries,
    ObligationFields,
    ObligationMutations,
    Subscriptions,
    Preservation,
    Statistics,
  ],
  orphanedTypes: [Authority, Case, Warrant, WarrantTarget, WarrantItem, Obligation],
  references,
  loadBase: loadRegister,
  loadDemo,
  afterStart: async (running) => watchClock(running),
};

/** The register of authorities; entries that are there stay as they are. */
async function loadRegister(em: EntityManager): Promise<void> {
  const entries = demoRegister.map(({ channels, ...entry }) => ({ ...entry, channels: [...channels] }));
  await em.upsertMany(Authority, entries, { onConflictAction: "ignore" });
}
