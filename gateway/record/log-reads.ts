/** Fields by which records of the access log are read, as schema coordinates: every one that the audit subgraph answers, but for those below. */
export const logReads: ReadonlySet<string> = new Set([
  "Query.accessLog",
  "Query.accessRecord",
  "Query.accessStatistics",
  "Query.auditCheck",
  "Query.logEntries",
  "Query.namedInLog",
  "Query.replay",
  "Query.verifyReceipt",
  "Subscription.accessLogAppended",
  "Warrant.accessRecords",
  "Warrant.warrantRecords",
]);

/** Fields of the log that tell of no record: its size, its signature, its health. */
export const logProofs: ReadonlySet<string> = new Set([
  "Query.checkpoint",
  "Query.consistencyProof",
  "Query.logHealth",
]);

/** The names of those fields: a document in which none stands reads nothing of the log. */
export const logReadNames: ReadonlySet<string> = new Set([...logReads].map((read) => read.split(".")[1] as string));
