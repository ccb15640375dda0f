import { Migration } from "@mikro-orm/migrations";
import { refuseChange } from "../entities/rule-book.js";

/** Rule books, which nobody changes: the database refuses it. */
export class CreateTreaty extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table treaty.rule_books (
    hash text primary key,
    position serial not null constraint rule_books_position_unique unique,
    version text not null constraint rule_books_version_unique unique,
    as_of date not null,
    known_gaps text[] not null,
    disclaimer text not null,
    document text not null
  )`,
  `create function treaty.rule_books_never_change_fn() returns trigger language plpgsql as $$
    begin ${refuseChange}; end
  $$`,
  `create trigger never_change before delete or update on treaty.rule_books
    for each row execute function treaty.rule_books_never_change_fn()`,
];
