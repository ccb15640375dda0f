import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { acceptWarrant, refuseWarrant } from "../answer-warrant.js";
import { actAs, actToRevoke } from "../caller.js";
import { draftWarrant } from "../draft-warrant.js";
import { issueWarrant } from "../issue-warrant.js";
import { revokeWarrant } from "../revoke-warrant.js";
import { orUserErrors } from "../rule-broken.js";
import { AnswerOrderInput, ContestInput, DraftWarrantInput, IssueWarrantInput } from "../types/inputs.js";
import { WarrantPayload } from "../types/payloads.js";

@Resolver()
export class WarrantMutations {
  @Mutation(() => WarrantPayload, {
    nullable: true,
    description: "Fixes the content; warns of what the law will withhold.",
  })
  async draftWarrant(
    @Ctx() context: SubgraphContext,
    @Arg("input", () => DraftWarrantInput) input: DraftWarrantInput,
  ): Promise<WarrantPayload> {
    const judge = await actAs(context, "JUDICIAL");
    return warrantPayload(() => draftWarrant(context, judge, input));
  }

  @Mutation(() => WarrantPayload, {
    nullable: true,
    description: "By the issuing authority; fails where the authority is the obstacle.",
  })
  async issueWarrant(
    @Ctx() context: SubgraphContext,
    @Arg("input", () => IssueWarrantInput) input: IssueWarrantInput,
  ): Promise<WarrantPayload> {
    const judge = await actAs(context, "JUDICIAL");
    return warrantPayload(() => issueWarrant(context, judge, input));
  }

  @Mutation(() => WarrantPayload, { nullable: true, description: "By the provider, item by item." })
  async acceptWarrant(
    @Ctx() context: SubgraphContext,
    @Arg("input", () => AnswerOrderInput) input: AnswerOrderInput,
  ): Promise<WarrantPayload> {
    const provider = await actAs(context, "PROVIDER");
    return warrantPayload(() => acceptWarrant(context, provider, input));
  }

  @Mutation(() => WarrantPayload, {
    nullable: true,
    description: "By the provider, item by item, where no instrument compels.",
  })
  async refuseWarrant(
    @Ctx() context: SubgraphContext,
    @Arg("input", () => ContestInput) input: ContestInput,
  ): Promise<WarrantPayload> {
    const provider = await actAs(context, "PROVIDER");
    return warrantPayload(() => refuseWarrant(context, provider, input));
  }

  @Mutation(() => WarrantPayload, {
    nullable: true,
    description: "By the issuing authority, or a central authority that may.",
  })
  async revokeWarrant(
    @Ctx() context: SubgraphContext,
    @Arg("id", () => ID) id: string,
    @Arg("reason", () => String) reason: string,
  ): Promise<WarrantPayload> {
    const revoker = await actToRevoke(context);
    return warrantPayload(() => revokeWarrant(context, revoker, id, reason));
  }
}

async function warrantPayload(work: () => Promise<Omit<WarrantPayload, "userErrors">>): Promise<WarrantPayload> {
  const outcome = await orUserErrors(work);
  return "done" in outcome ? { ...outcome.done, userErrors: [] } : { warrant: null, warnings: [], ...outcome };
}
