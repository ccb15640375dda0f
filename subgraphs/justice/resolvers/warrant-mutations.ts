import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { answerContest } from "../answer-contest.js";
import { warrantPayload } from "../answer-payload.js";
import { actAs, actToRevoke } from "../caller.js";
import { draftWarrant } from "../draft-warrant.js";
import { issueWarrant } from "../issue-warrant.js";
import { revokeWarrant } from "../revoke-warrant.js";
import { DraftWarrantInput, IssueWarrantInput } from "../types/inputs.js";
import { WarrantPayload } from "../types/payloads.js";
import { declineValidation, validateWarrant } from "../validate-warrant.js";

/** What authorities do with a warrant. */
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
    description:
      "By the issuing authority; fails where the authority is the obstacle, waits where a validation would do.",
  })
  async issueWarrant(
    @Ctx() context: SubgraphContext,
    @Arg("input", () => IssueWarrantInput) input: IssueWarrantInput,
  ): Promise<WarrantPayload> {
    const judge = await actAs(context, "JUDICIAL");
    return warrantPayload(() => issueWarrant(context, judge, input));
  }

  @Mutation(() => WarrantPayload, {
    nullable: true,
    description: "By another authority of the country, of a kind that the rules name; it issues the warrant.",
  })
  async validateWarrant(
    @Ctx() context: SubgraphContext,
    @Arg("input", () => IssueWarrantInput) input: IssueWarrantInput,
  ): Promise<WarrantPayload> {
    const judge = await actAs(context, "JUDICIAL");
    return warrantPayload(() => validateWarrant(context, judge, input));
  }

  @Mutation(() => WarrantPayload, { nullable: true, description: "By whoever could validate it; it ends the warrant." })
  async declineValidation(
    @Ctx() context: SubgraphContext,
    @Arg("id", () => ID) id: string,
    @Arg("reason", () => String) reason: string,
  ): Promise<WarrantPayload> {
    const judge = await actAs(context, "JUDICIAL");
    return warrantPayload(() => declineValidation(context, judge, id, reason));
  }

  @Mutation(() => WarrantPayload, {
    nullable: true,
    description: "By the issuing authority, to all that the provider contests; the clock goes on.",
  })
  async answerContest(
    @Ctx() context: SubgraphContext,
    @Arg("id", () => ID) id: string,
    @Arg("text", () => String) text: string,
  ): Promise<WarrantPayload> {
    const judge = await actAs(context, "JUDICIAL");
    return warrantPayload(() => answerContest(context, judge, id, text));
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
