import { Migration } from "@mikro-orm/migrations";

/** Keys of authorities, and the signatures on warrants. */
export class Signatures extends Migration {
  override up(): void {
    this.addSql(
      `create table justice.authority_keys (
        id text primary key,
        authority_id text not null constraint authority_keys_authority_id_foreign references justice.authorities (id),
        key_id text not null,
        jwk text not null,
        registered_at timestamptz(3) not null,
        registered_by text not null,
        revoked_at timestamptz(3),
        revoked_reason text,
        constraint authority_keys_once unique (authority_id, key_id)
      )`,
    );
    this.addSql(
      `alter table justice.warrants add column signature text, add column signing_key_id text,
        add column validation_signature text, add column validation_key_id text`,
    );
  }
}
