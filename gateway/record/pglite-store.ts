import type { PGlite } from "@electric-sql/pglite";
import { type LogStore, StoreRefused } from "../../schema/ledger/log-store.js";
import { appendStatement, appendValues } from "./append-statement.js";
import { isCertain } from "./is-certain.js";

/**
 * The log in the embedded database, whose one session it shares with every subgraph: it waits for their transactions, so its time is longer. PGlite
 * never calls fsync: this survives a killed process and not a power cut, which is why production refuses it.
 */
export function openPgliteStore(pglite: PGlite): LogStore {
  return {
    timeoutMs: 5000,
    async append(batch, openings) {
      await pglite.query(appendStatement, appendValues(batch, openings)).catch((error: unknown) => {
        if (isCertain(error)) throw new StoreRefused("the log's database refused the batch", { cause: error });
        throw error;
      });
    },
    close: () => Promise.resolve(),
  };
}
