import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { loadBy } from "../../kit/load-by.js";
import { onlyFor, onlyForService } from "../../kit/only-for.js";
import { Refusal } from "../../kit/refusal.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { deleteExpired } from "../delete-expired.js";
import { PreservedData } from "../entities/preserved-data.js";
import { isVisible } from "../find-node.js";
import { keepData } from "../keep-data.js";
import { DeletionPayload } from "../types/deletion.js";
import { WarrantItemStub, WarrantStub } from "../types/stubs.js";

@Resolver(() => WarrantStub)
export class Preservation {
  @FieldResolver(() => [PreservedData], {
    nullable: true,
    description: "What the platform froze for this preservation, item by item, and what became of it.",
  })
  async preserved(@Root() { id }: WarrantStub, @Ctx() context: SubgraphContext): Promise<PreservedData[] | null> {
    if (!(await isVisible(context, "query ($id: ID!) { found: warrant(id: $id) { id } }", id))) return null;
    return (await marksOf(context).load(id)) ?? [];
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description: "Look what must be kept, and freeze it. For the justice service, which says when.",
  })
  async keepData(@Ctx() context: SubgraphContext, @Arg("platform", () => String) platform: string): Promise<boolean> {
    onlyForService(context, "justice");
    await keepData(context, platform);
    return true;
  }

  @Mutation(() => DeletionPayload, {
    nullable: true,
    description:
      "By the provider, as often as its retention asks for: deletes what is older than it keeps it, but nothing that a preservation keeps, and lifts what nothing holds any more.",
  })
  deleteExpired(@Ctx() context: SubgraphContext): Promise<DeletionPayload> {
    onlyFor(context, "PROVIDER");
    const { platform } = context.principal;
    if (platform === null) throw new Refusal("ROLE");
    return deleteExpired(context, platform);
  }
}

@Resolver(() => PreservedData)
export class PreservedDataFields {
  @FieldResolver(() => WarrantItemStub, { nullable: true })
  item(@Root() { itemId: id }: PreservedData): WarrantItemStub {
    return Object.assign(new WarrantItemStub(), { id });
  }
}

const marksOf = (context: SubgraphContext) =>
  loadBy<string, PreservedData[]>(context, "preserved data of Warrant", async (ids) =>
    Map.groupBy(
      await context.em.find(PreservedData, { warrantId: { $in: [...ids] } }, { orderBy: { itemId: "asc" } }),
      ({ warrantId }) => warrantId,
    ),
  );
