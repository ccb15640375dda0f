import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { Inaccessible } from "../../kit/directives.js";
import { onlyFor } from "../../kit/only-for.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { isStorable } from "../check-text.js";
import { Warrant } from "../entities/warrant.js";
import { isAsIssued } from "../is-as-issued.js";
import { askingOf, itemsOf, targetsOf } from "../load.js";
import { signaturesOf } from "../signatures-of.js";
import { statusAt, unheldStatusAt } from "../status-at.js";
import { DoorWarrant } from "../types/door-warrant.js";

/** The gateway's own way to warrants, whoever asks it: what the door decides on. */
@Resolver()
export class DoorWarrants {
  @Inaccessible()
  @Query(() => [DoorWarrant], {
    nullable: "itemsAndList",
    description: "In the order of `ids`; null for one that does not exist.",
  })
  async doorWarrants(
    @Ctx() context: SubgraphContext,
    @Arg("ids", () => [ID]) ids: string[],
  ): Promise<(DoorWarrant | null)[]> {
    onlyFor(context, "GATEWAY");
    const storable = ids.filter(isStorable);
    // Items first: an act changes a warrant and its items at once, and one that comes between these two reads then shows in the warrant, which stands before them.
    await Promise.all(storable.map((id) => itemsOf(context, { id })));
    const found = await context.em.find(Warrant, { id: { $in: storable } });
    return Promise.all(
      ids.map((id) => {
        const warrant = found.find((one) => one.id === id);
        return warrant ? atTheDoor(context, warrant) : null;
      }),
    );
  }
}

async function atTheDoor(context: SubgraphContext, warrant: Warrant): Promise<DoorWarrant> {
  const now = context.clock();
  const [{ case: inCase, authority, validatedBy }, targets, items] = await Promise.all([
    askingOf(context, warrant, now),
    targetsOf(context, warrant),
    itemsOf(context, warrant),
  ]);
  const { content } = warrant;
  const { id, kind, contentHash, authorityId, country, platform, caseId, categories } = warrant;
  const { solePurposeIdentification, emergency, issuedAt, expiresAt, periodFrom, periodTo } = warrant;
  return {
    ...{ id, kind, contentHash, authorityId, country, platform, caseId, categories },
    ...{ solePurposeIdentification, emergency, issuedAt, expiresAt, periodFrom, periodTo },
    status: statusAt(warrant, now),
    asIssued: isAsIssued(warrant, inCase, targets),
    content,
    ...(await signaturesOf(context, warrant)),
    authorityKind: authority.kind,
    validatingAuthorityKind: validatedBy,
    offenceCodes: inCase.offenceCodes,
    committedOnline: inCase.committedOnline,
    offenceCountry: inCase.offenceCountry,
    targets: targets.map((target) => ({
      id: target.id,
      kind: target.kind,
      value: target.value,
      at: target.at,
      accountId: target.accountId,
      believedNationality: target.nationality,
      believedResidence: target.residence,
      believedLocatedIn: target.locatedIn,
      believedProtectedRole: target.protectedRole,
    })),
    items: items.map((item) => ({
      id: item.id,
      targetId: item.targetId,
      category: item.category,
      status: unheldStatusAt(item, warrant, now),
      heldUntil: item.heldUntil,
      cleared: item.clearedAt !== null,
    })),
  };
}
