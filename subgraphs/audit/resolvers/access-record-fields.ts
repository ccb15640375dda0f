import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { identifierIn } from "../../../schema/identity/identifier.js";
import type { LogLevel } from "../../../schema/ledger/vocabulary.js";
import { loadBy } from "../../kit/load-by.js";
import { Refusal } from "../../kit/refusal.js";
import { GraphQLSafeInt } from "../../kit/scalars.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { AccessRecord } from "../entities/access-record.js";
import { FieldAccess } from "../entities/field-access.js";
import { LogRead } from "../entities/log-read.js";
import { SystemRecord } from "../entities/system-record.js";
import { proveInclusion } from "../tree/prove.js";
import { readCheckpoint } from "../tree/read-checkpoint.js";
import { levelOf } from "../tree/read-levels.js";
import {
  AuthorityOfRecord,
  CaseOfRecord,
  RuleBookOfRecord,
  RuleOfRecord,
  UserOfRecord,
  WarrantOfRecord,
} from "../types/stubs.js";
import { InclusionProof } from "../types/tree.js";
import { LogLevelEnum } from "../words.js";

/** What a record refers to in other subgraphs, and its fields. */
@Resolver(() => AccessRecord)
export class AccessRecordFields {
  @FieldResolver(() => LogLevelEnum)
  level(@Root() { index }: AccessRecord, @Ctx() context: SubgraphContext): Promise<LogLevel> {
    return levelOf(context, index);
  }

  @FieldResolver(() => InclusionProof, {
    nullable: true,
    description: "That this leaf stands in the tree of `treeSize` leaves; default: that of the latest checkpoint.",
  })
  async proof(
    @Root() { index }: AccessRecord,
    @Arg("treeSize", () => GraphQLSafeInt, { nullable: true }) treeSize: number | null,
    @Ctx() { em }: SubgraphContext,
  ): Promise<InclusionProof> {
    const signed = (await readCheckpoint(em))?.size ?? 0;
    const size = treeSize ?? signed;
    if (size <= index || size > signed) throw new Refusal("LOG_RANGE");
    return { index, treeSize: size, hashes: await proveInclusion(em, index, size) };
  }

  @FieldResolver(() => String)
  leaf(@Root() { leaf }: AccessRecord): string {
    return Buffer.from(leaf, "utf8").toString("base64");
  }

  @FieldResolver(() => AuthorityOfRecord, { nullable: true })
  authority(@Root() { authorityId }: AccessRecord): AuthorityOfRecord | null {
    return stub(authorityId);
  }

  @FieldResolver(() => WarrantOfRecord, { nullable: true })
  warrant(@Root() { warrantId }: AccessRecord): WarrantOfRecord | null {
    return stub(warrantId);
  }

  @FieldResolver(() => CaseOfRecord, { nullable: true, description: "Null to a provider." })
  case(@Root() { caseId }: AccessRecord, @Ctx() { principal }: SubgraphContext): CaseOfRecord | null {
    return principal.role === "PROVIDER" ? null : stub(caseId);
  }

  @FieldResolver(() => UserOfRecord, { nullable: true })
  subject(@Root() { subjectId }: AccessRecord): UserOfRecord | null {
    return subjectId === null || identifierIn(subjectId) !== null ? null : stub(subjectId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Where it was decided whether a search may be made: what was searched by. The persons it found have records of their own.",
  })
  identifier(@Root() { subjectId }: AccessRecord): string | null {
    return subjectId === null ? null : identifierIn(subjectId);
  }

  @FieldResolver(() => RuleBookOfRecord, { nullable: true, description: "The version of the law that decided." })
  ruleBook(@Root() { ruleBookHash }: AccessRecord): RuleBookOfRecord | null {
    return ruleBookHash === null ? null : { hash: ruleBookHash };
  }

  @FieldResolver(() => [FieldAccess])
  async fields(@Root() { index }: AccessRecord, @Ctx() context: SubgraphContext): Promise<FieldAccess[]> {
    return (await fieldsByRecord(context).load(index)) ?? [];
  }
}

/** Of who read the log: what she asked. */
@Resolver(() => AccessRecord)
export class LogReadFields {
  @FieldResolver(() => [LogRead], {
    description: "Where somebody read the log: what she asked of it, and how much she was told. Else none.",
  })
  async reads(@Root() { index, ofLog }: AccessRecord, @Ctx() context: SubgraphContext): Promise<LogRead[]> {
    return ofLog ? ((await readsByRecord(context).load(index)) ?? []) : [];
  }
}

/** What the log says of itself, as it is shown. */
@Resolver(() => SystemRecord)
export class SystemRecordFields {
  @FieldResolver(() => LogLevelEnum)
  level(@Root() { index }: SystemRecord, @Ctx() context: SubgraphContext): Promise<LogLevel> {
    return levelOf(context, index);
  }

  @FieldResolver(() => String)
  leaf(@Root() { leaf }: SystemRecord): string {
    return Buffer.from(leaf, "utf8").toString("base64");
  }
}

/** The rule that decided. */
@Resolver(() => FieldAccess)
export class FieldAccessFields {
  @FieldResolver(() => RuleOfRecord, { nullable: true })
  rule(@Root() { ruleId }: FieldAccess): RuleOfRecord | null {
    return stub(ruleId);
  }
}

function stub(id: string | null): { id: string } | null {
  return id === null ? null : { id };
}

const fieldsByRecord = (context: SubgraphContext) =>
  loadBy<number, FieldAccess[]>(context, "fields of AccessRecord", async (indexes) =>
    grouped(await context.em.find(FieldAccess, { index: { $in: [...indexes] } }, inOrder)),
  );

const readsByRecord = (context: SubgraphContext) =>
  loadBy<number, LogRead[]>(context, "reads of AccessRecord", async (indexes) =>
    grouped(await context.em.find(LogRead, { index: { $in: [...indexes] } }, inOrder)),
  );

const inOrder = { orderBy: { index: "asc", position: "asc" } } as const;

/** The parts of records, by the record's index. */
function grouped<Part extends { readonly index: number }>(parts: readonly Part[]): ReadonlyMap<string, Part[]> {
  return Map.groupBy(parts, ({ index }) => String(index));
}
