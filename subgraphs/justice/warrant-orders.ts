import type { Warrant } from "./entities/warrant.js";
import type { TimeOrder } from "./page-of-seen.js";
import type { WarrantOrder } from "./words.js";

/** How lists of warrants are ordered. By deadline, what the provider owes nothing of any more stands behind what it owes. */
export const warrantOrders: Readonly<Record<WarrantOrder, TimeOrder<Warrant>>> = {
  DEADLINE: { rank: "queueRank", property: "deadlineAt", direction: "asc" },
  CHANGED: { property: "changedAt", direction: "desc" },
  ISSUED: { property: "issuedAt", direction: "desc" },
};
