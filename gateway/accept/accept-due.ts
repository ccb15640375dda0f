import type { KnownFacts } from "../../schema/calls.js";
import type { RuleBook } from "../../schema/law/rule-book.js";
import type { AskService } from "../door/load-warrants.js";
import type { DoorTarget, DoorWarrant } from "../door/warrant.js";
import { type ForPerson, judgeItem } from "./judge-item.js";

export interface AcceptanceParts {
  readonly ask: AskService;
  readonly loadWarrant: (id: string) => Promise<DoorWarrant | undefined>;
  readonly ruleBook: () => Promise<RuleBook>;
  readonly clock: () => Date;
}

interface Due {
  readonly warrantId: string;
  readonly itemIds: readonly string[];
}

/**
 * One look at the orders whose moment has come under a provider's policy: reads what is known of the persons they name, judges every item by itself, and tells justice what
 * came of it, and nothing else. Returns how many items were accepted. Throws the first fault where a subgraph cannot be asked or somebody acts on an order this moment; the
 * other orders are looked at all the same, and the next look finds what is left. Two looks at once do no harm: justice accepts an item once.
 */
export async function acceptDue(parts: AcceptanceParts): Promise<number> {
  const { dueAcceptances } = (await parts.ask("justice", "{ dueAcceptances { warrantId itemIds } }", {})) as {
    dueAcceptances: readonly Due[];
  };
  let accepted = 0;
  const faults: unknown[] = [];
  for (const due of dueAcceptances) {
    accepted += await acceptOne(parts, due).catch((fault: unknown) => {
      faults.push(fault);
      return 0;
    });
  }
  if (faults.length > 0) throw faults[0];
  return accepted;
}

async function acceptOne(parts: AcceptanceParts, { warrantId, itemIds }: Due): Promise<number> {
  const [warrant, book] = await Promise.all([parts.loadWarrant(warrantId), parts.ruleBook()]);
  if (warrant === undefined) return 0;
  const facts = await knownFacts(parts.ask, warrant);
  const now = parts.clock();
  const items = itemIds.flatMap((id): readonly { readonly id: string; readonly forPerson: ForPerson }[] => {
    const item = warrant.items.find((one) => one.id === id);
    const target = warrant.targets.find((one) => one.id === item?.targetId);
    if (item === undefined || target === undefined) return [];
    return [{ id, forPerson: judgeItem({ warrant, item, target, facts: facts.get(target.id) ?? null, now, book }) }];
  });
  const { acceptByPolicy } = (await parts.ask(
    "justice",
    "mutation ($warrantId: ID!, $items: [JudgedItemInput!]!) { acceptByPolicy(warrantId: $warrantId, items: $items) }",
    { warrantId, items },
  )) as { acceptByPolicy: number };
  return acceptByPolicy;
}

/** What is known of the persons whom the targets still name, by target. */
async function knownFacts(
  ask: AskService,
  { platform, targets }: DoorWarrant,
): Promise<ReadonlyMap<string, KnownFacts>> {
  const resolved = targets.filter((target): target is DoorTarget & { accountId: string } => target.accountId !== null);
  if (resolved.length === 0) return new Map();
  const named = resolved.map(({ kind, value, accountId }) => ({ platform, kind, value, accountId }));
  const answer = (await ask(
    "platform",
    "query ($targets: [NamedTargetInput!]!) { namedAccounts(targets: $targets) { jurisdiction { providerCountry residence nationality locatedIn protectedRole } } }",
    { targets: named },
  )) as { namedAccounts: readonly ({ readonly jurisdiction: KnownFacts } | null)[] };
  return new Map(
    resolved.flatMap(({ id }, index) => {
      const facts = answer.namedAccounts[index]?.jurisdiction ?? null;
      return facts === null ? [] : [[id, facts] as const];
    }),
  );
}
