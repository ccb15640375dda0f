import { Entity, Index, ManyToOne, PrimaryKey, Property, Trigger, Unique } from "@mikro-orm/decorators/legacy";
import { Field, ObjectType } from "type-graphql";
import type { Party } from "../../../schema/law/vocabulary.js";
import { PartyEnum } from "../../kit/enums.js";
import { GraphQLDateTime } from "../../kit/scalars.js";
import type { ActFacts } from "../act-facts.js";
import { type WarrantStatus, WarrantStatusEnum } from "../words.js";
import { Warrant } from "./warrant.js";

/**
 * One act in a warrant's life, written in the transaction of the act. Nothing updates or deletes one. The database itself puts each among those that the access log
 * does not hold yet, and refuses one that does not say what the log must say of it.
 */
@Trigger({
  name: "await_recording",
  timing: "after",
  events: ["insert"],
  body: `if new.facts is null then raise exception 'an act on a warrant says what the access log must say of it'; end if;
    insert into justice.unrecorded_acts (event_id) values (new.id); return new;`,
})
@ObjectType("WarrantEvent", { description: "One act in a warrant's life." })
@Entity({ tableName: "warrant_events" })
@Unique({ name: "warrant_events_by_warrant", properties: ["warrantId", "version"] })
export class WarrantEvent {
  @PrimaryKey({ type: "text" })
  id!: string;

  @ManyToOne(() => Warrant, { fieldName: "warrant_id", mapToPk: true })
  warrantId!: string;

  /** The version of the warrant that the act made. */
  @Property({ type: "integer" })
  version!: number;

  @Field(() => GraphQLDateTime)
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  at!: Date;

  @Field(() => WarrantStatusEnum, { nullable: true })
  @Property({ type: "text", fieldName: "from_status", nullable: true })
  from!: WarrantStatus | null;

  @Field(() => WarrantStatusEnum)
  @Property({ type: "text", fieldName: "to_status" })
  to!: WarrantStatus;

  @Field(() => PartyEnum)
  @Property({ type: "text", fieldName: "by_party" })
  by!: Party;

  @Field(() => String)
  @Property({ type: "text" })
  actor!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: "text", nullable: true })
  reason!: string | null;

  /** The transaction that wrote it: see follow.ts. */
  @Index({ name: "warrant_events_by_transaction" })
  @Property({ type: "text", columnType: "xid8", defaultRaw: "pg_current_xact_id()", lazy: true })
  readonly txid?: string;

  /** The version of the provider's policy by which it was done; null: by a person. */
  @Property({ type: "integer", nullable: true })
  policyVersion!: number | null;
  /** For the access log. Null: the act is from before the log was told of acts, or is read from the clock and was not written down yet. */
  @Property({ type: "json", columnType: "jsonb", nullable: true })
  facts!: ActFacts | null;
}
