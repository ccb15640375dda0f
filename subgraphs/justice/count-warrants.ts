import type { Warrant } from "./entities/warrant.js";
import type { WarrantItem } from "./entities/warrant-item.js";
import { endAt, itemStatusAt, statusAt } from "./status-at.js";
import type { WarrantCount } from "./types/warrant-count.js";
import type { ItemStatus, WarrantDimension } from "./words.js";

/** An order that was issued, with its items. */
export interface CountedWarrant {
  readonly warrant: Pick<
    Warrant,
    | "id"
    | "country"
    | "authorityId"
    | "platform"
    | "kind"
    | "emergency"
    | "status"
    | "issuedAt"
    | "endsAt"
    | "validationDueAt"
    | "validatingAuthorityId"
  >;
  readonly items: readonly Pick<
    WarrantItem,
    "category" | "status" | "heldUntil" | "refusalGround" | "deadlineAt" | "settledAt" | "disclosedAt"
  >[];
}

type Item = CountedWarrant["items"][number];

const none = "NONE";
const withGround: readonly ItemStatus[] = ["REFUSED", "NOT_HELD"];

const keyOf: Readonly<Record<WarrantDimension, (counted: CountedWarrant, item: Item, now: Date) => string>> = {
  COUNTRY: ({ warrant }) => warrant.country,
  AUTHORITY: ({ warrant }) => warrant.authorityId,
  PLATFORM: ({ warrant }) => warrant.platform,
  KIND: ({ warrant }) => warrant.kind,
  CATEGORY: (_, { category }) => category,
  EMERGENCY: ({ warrant }) => String(warrant.emergency),
  STATUS: ({ warrant }, _, now) => statusAt(warrant, now),
  REFUSAL_GROUND: (_, { status, refusalGround }) => (withGround.includes(status) ? refusalGround : null) ?? none,
  MONTH: ({ warrant }) => warrant.issuedAt?.toISOString().slice(0, 7) ?? none,
};

interface Group {
  readonly keys: string[];
  readonly warrants: Set<string>;
  readonly hours: number[];
  items: number;
  disclosed: number;
  refused: number;
  overdue: number;
}

/** Counts orders item by item, order by order, so that they need not all be at hand at once. Pure but for what it has counted. */
export class WarrantCounter {
  readonly #groups = new Map<string, Group>();

  constructor(
    private readonly by: readonly WarrantDimension[],
    private readonly now: Date,
  ) {}

  add(counted: CountedWarrant): void {
    for (const item of counted.items) {
      const group = this.group(this.by.map((dimension) => keyOf[dimension](counted, item, this.now)));
      const status = itemStatusAt(item, counted.warrant, this.now);
      group.warrants.add(counted.warrant.id);
      group.items += 1;
      if (status === "DISCLOSED") group.disclosed += 1;
      if (status === "REFUSED") group.refused += 1;
      if (isLate(counted, item, this.now)) group.overdue += 1;
      const hours = hoursToDisclosure(counted, item);
      if (hours !== null) group.hours.push(hours);
    }
  }

  /** In the order of their keys. */
  counts(): WarrantCount[] {
    const groups = [...this.#groups].sort(([one], [other]) => (one < other ? -1 : 1));
    return groups.map(([, { keys, warrants, hours, ...numbers }]) => ({
      ...{ keys, ...numbers },
      warrants: warrants.size,
      medianHours: medianOf(hours),
    }));
  }

  private group(keys: string[]): Group {
    const name = keys.join("\n");
    const group = this.#groups.get(name) ?? {
      ...{ keys, warrants: new Set(), hours: [] },
      ...{ items: 0, disclosed: 0, refused: 0, overdue: 0 },
    };
    this.#groups.set(name, group);
    return group;
  }
}

/** Answered after its deadline, or not answered by it; while a question stands its clock does not run. */
function isLate({ warrant }: CountedWarrant, { status, deadlineAt, settledAt }: Item, now: Date): boolean {
  if (deadlineAt === null) return false;
  if (settledAt !== null) return settledAt > deadlineAt;
  return status === "ORDERED" && deadlineAt < (endAt(warrant, now)?.at ?? now);
}

function hoursToDisclosure({ warrant: { issuedAt } }: CountedWarrant, { disclosedAt }: Item): number | null {
  return issuedAt === null || disclosedAt === null ? null : (disclosedAt.getTime() - issuedAt.getTime()) / 3_600_000;
}

/** Of two in the middle their mean; to a hundredth of an hour. */
function medianOf(hours: readonly number[]): number | null {
  if (hours.length === 0) return null;
  const sorted = [...hours].sort((one, other) => one - other);
  const middle = [sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0];
  return Math.round(((middle[0] ?? 0) + (middle[1] ?? 0)) * 50) / 100;
}
