import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { onlyForService } from "../../kit/only-for.js";
import { GraphQLDateTime } from "../../kit/scalars.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { warrantPayload } from "../answer-payload.js";
import { actAs, readCaller } from "../caller.js";
import { dataToKeep } from "../data-to-keep.js";
import { Warrant } from "../entities/warrant.js";
import { findWarrant } from "../load.js";
import { extendPreservation } from "../preserve.js";
import { reportDeletion } from "../report-deletion.js";
import { DataToKeep, DeletedInput } from "../types/data-to-keep.js";
import { WarrantPayload } from "../types/payloads.js";

@Resolver(() => Warrant)
export class Preservation {
  @FieldResolver(() => Warrant, { nullable: true, description: "The preservation that this production order follows." })
  preserves(@Root() { preservesId }: Warrant, @Ctx() context: SubgraphContext): Promise<Warrant | null> | null {
    return preservesId === null ? null : findWarrant(context, preservesId);
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: "Of a preservation that was issued: how long the data are kept as things stand.",
  })
  preservedUntil(@Root() { heldByItselfUntil, endsAt }: Warrant): Date | null {
    return heldByItselfUntil && endsAt;
  }

  @Mutation(() => WarrantPayload, {
    nullable: true,
    description: "By the issuing authority, once, where the rule gives an extension.",
  })
  async extendPreservation(@Ctx() context: SubgraphContext, @Arg("id", () => ID) id: string): Promise<WarrantPayload> {
    const judge = await actAs(context, "JUDICIAL");
    return warrantPayload(() => extendPreservation(context, judge, id));
  }

  @Query(() => [DataToKeep], {
    nullable: true,
    description: "What the platform must keep now. For the platform's own service.",
  })
  dataToKeep(@Ctx() context: SubgraphContext, @Arg("platform", () => String) platform: string): Promise<DataToKeep[]> {
    onlyForService(context, "platform");
    return dataToKeep(context.em, platform, context.clock());
  }

  @Mutation(() => WarrantPayload, {
    nullable: true,
    description: "What became of the data of a preservation that is over. For the platform's own service.",
  })
  async reportDeletion(
    @Ctx() context: SubgraphContext,
    @Arg("warrantId", () => ID) warrantId: string,
    @Arg("said", () => [DeletedInput]) said: DeletedInput[],
  ): Promise<WarrantPayload> {
    onlyForService(context, "platform");
    const provider = await readCaller(context);
    return warrantPayload(() => reportDeletion(context, provider, warrantId, said));
  }
}
