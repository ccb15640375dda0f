import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import { parseCheckpoint } from "../../../schema/ledger/checkpoint.js";
import type { Principal } from "../../../schema/principal.js";
import { Refusal } from "../../kit/refusal.js";
import { GraphQLSafeInt } from "../../kit/scalars.js";
import type { EntityManager, SubgraphContext } from "../../kit/subgraph.js";
import { LogEntry } from "../entities/log-entry.js";
import { readLogHealth } from "../integrate/log-health.js";
import { findRecord } from "../query/find-record.js";
import { listEntries } from "../query/list-entries.js";
import { scopeOf } from "../query/scope.js";
import { followReceipt } from "../tree/follow-receipt.js";
import { proveConsistency, proveInclusion } from "../tree/prove.js";
import { readCheckpoint } from "../tree/read-checkpoint.js";
import { levelOf } from "../tree/read-levels.js";
import { Checkpoint, ConsistencyProof, LogHealth, ReceiptInput, ReceiptStatus } from "../types/tree.js";

/** What the log shows of itself, and what proves it. */
@Resolver()
export class TreeRoots {
  @Query(() => Checkpoint, { nullable: true, description: "The latest; null while nothing was recorded." })
  async checkpoint(@Ctx() { em, principal }: SubgraphContext): Promise<Checkpoint | null> {
    mayWatch(principal);
    const latest = await readCheckpoint(em);
    if (latest === null) return null;
    const { size, root, note, signedAt, verifier } = latest;
    const { origin } = parseCheckpoint(note);
    return { origin, size, rootHash: root.toString("hex"), note, at: signedAt, verifierKey: verifier };
  }

  @Query(() => ConsistencyProof, {
    nullable: true,
    description:
      "That the log of `to` leaves is that of `from` leaves, longer; 1 ≤ from ≤ to ≤ size of the latest checkpoint.",
  })
  async consistencyProof(
    @Arg("from", () => GraphQLSafeInt) from: number,
    @Arg("to", () => GraphQLSafeInt) to: number,
    @Ctx() { em, principal }: SubgraphContext,
  ): Promise<ConsistencyProof> {
    mayWatch(principal);
    if (from < 1 || from > to || to > (await signedSize(em))) throw new Refusal("LOG_RANGE");
    return { from, to, hashes: await proveConsistency(em, from, to) };
  }

  @Query(() => ReceiptStatus, {
    nullable: true,
    description: "Whether what a receipt promises is in the log, and where.",
  })
  async verifyReceipt(
    @Arg("receipt", () => ReceiptInput) receipt: ReceiptInput,
    @Ctx() context: SubgraphContext,
  ): Promise<ReceiptStatus> {
    const { em, principal } = context;
    const scope = scopeOf(principal);
    const { signatureValid, writerKnown, present, index } = await followReceipt(em, receipt);
    const size = await signedSize(em);
    const proven = index !== null && index < size;
    return {
      signatureValid,
      writerKnown,
      index,
      level: present ? await levelOf(context, index ?? size) : null,
      record: index === null ? null : await findRecord(em, index, scope),
      proof: proven ? { index, treeSize: size, hashes: await proveInclusion(em, index, size) } : null,
    };
  }

  @Query(() => LogHealth, { nullable: true })
  async logHealth(@Ctx() { em, principal }: SubgraphContext): Promise<LogHealth> {
    mayWatch(principal);
    const { searchable, minimum, ...health } = await readLogHealth(em);
    return { ...health, searchableSize: searchable, minimumIndex: minimum };
  }

  @Query(() => [LogEntry], {
    nullable: true,
    description:
      "Entries from an index on, oldest first: the access records of your scope, and what the log says of itself.",
  })
  logEntries(
    @Arg("from", () => GraphQLSafeInt) from: number,
    @Arg("first", () => Int, { nullable: true, defaultValue: 20, description: "How many, from 1 to 100." })
    asked: number | null,
    @Ctx() { em, principal }: SubgraphContext,
  ): Promise<LogEntry[]> {
    const scope = scopeOf(principal);
    const first = asked ?? 20;
    if (from < 0) throw new Refusal("LOG_RANGE");
    if (!Number.isInteger(first) || first < 1 || first > 100) throw new Refusal("PAGE_SIZE");
    return listEntries(em, scope, from, first);
  }
}

/** The gateway itself watches the log; everybody else who does is one who may read it. */
function mayWatch(principal: Principal): void {
  if (principal.role !== "GATEWAY") scopeOf(principal);
}

async function signedSize(em: EntityManager): Promise<number> {
  return (await readCheckpoint(em))?.size ?? 0;
}
