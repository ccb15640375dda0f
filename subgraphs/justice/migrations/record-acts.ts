import { Migration } from "@mikro-orm/migrations";

/**
 * Acts wait here for the access log. The database puts every one of them in, so that no act can be forgotten, and refuses one that does not say what the log must
 * say of it. Acts from before are not carried: what was to be said of them was not written down.
 */
export class RecordActs extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  "alter table justice.warrant_events add column facts jsonb",
  "alter table justice.warrants add column missed_deadline_at timestamptz(3)",
  "create index warrants_by_end on justice.warrants (ends_at)",
  `create table justice.unrecorded_acts (
    event_id text primary key,
    written_at timestamptz not null default clock_timestamp()
  )`,
  "create index unrecorded_acts_by_time on justice.unrecorded_acts (written_at)",
  "create table justice.recording_lease (id int primary key, carrier text not null, until timestamptz not null)",
  "insert into justice.recording_lease (id, carrier, until) values (1, 'nobody', clock_timestamp())",
  `create function justice.warrant_events_await_recording_fn() returns trigger as $$ begin
    if new.facts is null then raise exception 'an act on a warrant says what the access log must say of it'; end if;
    insert into justice.unrecorded_acts (event_id) values (new.id); return new;
  end; $$ language plpgsql`,
  `create trigger await_recording after insert on justice.warrant_events for each row
    execute function justice.warrant_events_await_recording_fn()`,
];
