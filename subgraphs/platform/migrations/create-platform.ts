import { Migration } from "@mikro-orm/migrations";

/** People, what they said, and what the platform keeps of them. */
export class CreatePlatform extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table platform.users (
    id text primary key,
    platform text not null,
    handle text not null,
    display_name text not null,
    profile_url text not null,
    created_at timestamptz(3) not null,
    provider_country text not null,
    residence text,
    nationality text,
    located_in text,
    protected_role text,
    legal_name text,
    email text,
    phone text,
    date_of_birth date,
    postal_address text,
    constraint users_by_handle unique (platform, handle)
  )`,
  `create table platform.ip_addresses (
    id text primary key,
    user_id text not null constraint ip_addresses_user_id_foreign references platform.users (id),
    address inet not null,
    port integer,
    seen_at timestamptz(3) not null
  )`,
  `create index ip_addresses_by_user on platform.ip_addresses (user_id, seen_at, id)`,
  `create table platform.sessions (
    id text primary key,
    user_id text not null constraint sessions_user_id_foreign references platform.users (id),
    started_at timestamptz(3) not null,
    ended_at timestamptz(3),
    address inet not null,
    user_agent text
  )`,
  `create index sessions_by_user on platform.sessions (user_id, started_at, id)`,
  `create table platform.messages (
    id text primary key,
    user_id text not null constraint messages_user_id_foreign references platform.users (id),
    counterpart_id text not null constraint messages_counterpart_id_foreign references platform.users (id),
    sent_at timestamptz(3) not null,
    body text not null
  )`,
  `create index messages_by_user on platform.messages (user_id, sent_at, id)`,
  `create table platform.posts (
    id text primary key,
    url text not null constraint posts_by_url unique,
    author_id text not null constraint posts_author_id_foreign references platform.users (id),
    text text not null,
    language text,
    published_at timestamptz(3) not null,
    removed_at timestamptz(3),
    author_ip_id text constraint posts_author_ip_id_foreign references platform.ip_addresses (id) on delete set null
  )`,
  `create index posts_by_author on platform.posts (author_id, published_at, id)`,
  `create index posts_by_time on platform.posts (published_at, id)`,
];
