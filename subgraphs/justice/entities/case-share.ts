import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from "@mikro-orm/decorators/legacy";
import { Authority } from "./authority.js";
import { Case } from "./case.js";

/** An authority that may read a case of another one. Nothing updates or deletes one. */
@Entity({ tableName: "case_shares" })
@Unique({ name: "case_shares_once", properties: ["caseId", "authorityId"] })
@Index({ name: "case_shares_by_authority", properties: ["authorityId", "caseId"] })
export class CaseShare {
  @PrimaryKey({ type: "text" })
  id!: string;

  @ManyToOne(() => Case, { fieldName: "case_id", mapToPk: true })
  caseId!: string;

  @ManyToOne(() => Authority, { fieldName: "authority_id", mapToPk: true })
  authorityId!: string;

  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  sharedAt!: Date;

  /** `sub` of the person who shared it. */
  @Property({ type: "text" })
  sharedBy!: string;
}
