import type { Warrant } from "./entities/warrant.js";
import type { TimeOrder } from "./page-of-seen.js";
import type { WarrantOrder } from "./words.js";

/** How lists of warrants are ordered. */
export const warrantOrders: Readonly<Record<WarrantOrder, TimeOrder<Warrant>>> = {
  DEADLINE: { property: "deadlineAt", direction: "asc" },
  CHANGED: { property: "changedAt", direction: "desc" },
  ISSUED: { property: "issuedAt", direction: "desc" },
};
