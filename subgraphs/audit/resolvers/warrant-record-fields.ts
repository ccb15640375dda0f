import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { LogLevel } from "../../../schema/ledger/vocabulary.js";
import { loadBy } from "../../kit/load-by.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { DutyChange } from "../entities/duty-change.js";
import { WarrantRecord } from "../entities/warrant-record.js";
import { levelOf } from "../tree/read-levels.js";
import { AuthorityOfRecord, CaseOfRecord, ObligationOfRecord, WarrantOfRecord } from "../types/stubs.js";
import { LogLevelEnum } from "../words.js";

/** What an act refers to in other subgraphs, and what it made of obligations. */
@Resolver(() => WarrantRecord)
export class WarrantRecordFields {
  @FieldResolver(() => LogLevelEnum)
  level(@Root() { index }: WarrantRecord, @Ctx() context: SubgraphContext): Promise<LogLevel> {
    return levelOf(context, index);
  }

  @FieldResolver(() => String)
  leaf(@Root() { leaf }: WarrantRecord): string {
    return Buffer.from(leaf, "utf8").toString("base64");
  }

  @FieldResolver(() => AuthorityOfRecord, { nullable: true })
  authority(@Root() { authorityId }: WarrantRecord): AuthorityOfRecord {
    return { id: authorityId };
  }

  @FieldResolver(() => WarrantOfRecord, { nullable: true })
  warrant(@Root() { warrantId }: WarrantRecord): WarrantOfRecord | null {
    return warrantId === null ? null : { id: warrantId };
  }

  @FieldResolver(() => CaseOfRecord, { nullable: true, description: "Null to a provider." })
  case(@Root() { caseId }: WarrantRecord, @Ctx() { principal }: SubgraphContext): CaseOfRecord | null {
    return principal.role === "PROVIDER" || caseId === null ? null : { id: caseId };
  }

  @FieldResolver(() => [DutyChange])
  async duties(@Root() { index }: WarrantRecord, @Ctx() context: SubgraphContext): Promise<DutyChange[]> {
    return (await dutiesByRecord(context).load(index)) ?? [];
  }
}

/** The obligation itself, as justice has it. */
@Resolver(() => DutyChange)
export class DutyChangeFields {
  @FieldResolver(() => ObligationOfRecord, { nullable: true })
  obligation(@Root() { obligationId }: DutyChange): ObligationOfRecord | null {
    return obligationId === null ? null : { id: obligationId };
  }
}

const dutiesByRecord = (context: SubgraphContext) =>
  loadBy<number, DutyChange[]>(context, "duties of WarrantRecord", async (indexes) => {
    const rows = await context.em.find(
      DutyChange,
      { index: { $in: [...indexes] } },
      { orderBy: { index: "asc", position: "asc" } },
    );
    return new Map([...Map.groupBy(rows, ({ index }) => String(index))]);
  });
