import { Field, ObjectType } from "type-graphql";
import { connectionType } from "../../kit/connection.js";
import { GraphQLDateTime, GraphQLSafeInt } from "../../kit/scalars.js";
import { AccessRecord } from "../entities/access-record.js";
import { WarrantRecord } from "../entities/warrant-record.js";
import type { AuditCheck } from "../query/audit-checks.js";
import { AuditCheckEnum } from "../words.js";

/** Something that a check found. */
@ObjectType("AuditFinding", { description: "Something that a check of the log found." })
export class AuditFinding {
  @Field(() => AuditCheckEnum)
  check!: AuditCheck;

  @Field(() => GraphQLSafeInt, { description: "The leaf of the log that shows it." })
  index!: number;

  @Field(() => GraphQLDateTime)
  at!: Date;

  @Field(() => String, { description: "What it means." })
  text!: string;

  @Field(() => AccessRecord, { nullable: true, description: "Null where the leaf is no access." })
  record!: AccessRecord | null;

  @Field(() => WarrantRecord, { nullable: true, description: "Null where the leaf is no act on a warrant." })
  warrantRecord!: WarrantRecord | null;

  obligationId!: string | null;
}

export const AuditFindingConnection = connectionType("AuditFinding", () => AuditFinding);
