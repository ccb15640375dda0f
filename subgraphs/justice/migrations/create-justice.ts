import { Migration } from "@mikro-orm/migrations";

/** The register, cases, and warrants with their targets, items and history. */
export class CreateJustice extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table justice.authorities (
    id text primary key, name text not null, country text not null, kind text not null
  )`,
  `create table justice.cases (
    id text primary key,
    reference text not null,
    country text not null,
    authority_id text not null constraint cases_authority_id_foreign references justice.authorities (id),
    offence_codes text[] not null,
    committed_online boolean not null,
    offence_country text,
    post_ids text[] not null,
    opened_at timestamptz(3) not null,
    closed_at timestamptz(3)
  )`,
  `create index cases_by_authority on justice.cases (authority_id, opened_at, id)`,
  `create index cases_by_country on justice.cases (country, opened_at, id)`,
  `create table justice.warrants (
    id text primary key,
    kind text not null,
    case_id text not null constraint warrants_case_id_foreign references justice.cases (id),
    authority_id text not null constraint warrants_authority_id_foreign references justice.authorities (id),
    country text not null,
    platform text not null,
    categories text[] not null,
    period_from timestamptz(3),
    period_to timestamptz(3),
    sole_purpose_identification boolean not null,
    emergency boolean not null,
    emergency_ground text,
    necessity text,
    replaces_id text constraint warrants_replaces_id_foreign references justice.warrants (id),
    status text not null,
    drafted_at timestamptz(3) not null,
    issued_at timestamptz(3),
    expires_at timestamptz(3) not null,
    changed_at timestamptz(3) not null,
    content_hash text not null,
    content text not null,
    version int not null
  )`,
  `create index warrants_by_authority on justice.warrants (authority_id, changed_at, id)`,
  `create index warrants_by_platform on justice.warrants (platform, changed_at, id)`,
  `create index warrants_by_country on justice.warrants (country, changed_at, id)`,
  `create index warrants_by_case on justice.warrants (case_id, changed_at, id)`,
  `create table justice.warrant_targets (
    id text primary key,
    warrant_id text not null constraint warrant_targets_warrant_id_foreign references justice.warrants (id),
    position int not null,
    platform text not null,
    kind text not null,
    value text not null,
    at timestamptz(3),
    nationality text,
    residence text,
    located_in text,
    protected_role text,
    grounds text,
    account_id text,
    resolution text not null
  )`,
  `create index warrant_targets_by_warrant on justice.warrant_targets (warrant_id, position)`,
  `create table justice.warrant_items (
    id text primary key,
    warrant_id text not null constraint warrant_items_warrant_id_foreign references justice.warrants (id),
    target_id text not null constraint warrant_items_target_id_foreign references justice.warrant_targets (id),
    position int not null,
    category text not null,
    status text not null,
    refusal_ground text,
    refusal_by text,
    refusal_reason text,
    refusal_at timestamptz(3)
  )`,
  `create index warrant_items_by_warrant on justice.warrant_items (warrant_id, position)`,
  `create index warrant_items_by_target on justice.warrant_items (target_id)`,
  `create table justice.warrant_events (
    id text primary key,
    warrant_id text not null constraint warrant_events_warrant_id_foreign references justice.warrants (id),
    version int not null,
    at timestamptz(3) not null,
    from_status text,
    to_status text not null,
    by_party text not null,
    actor text not null,
    reason text,
    constraint warrant_events_by_warrant unique (warrant_id, version)
  )`,
];
