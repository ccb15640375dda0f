import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { casePayload } from "../answer-payload.js";
import { actAs } from "../caller.js";
import { closeCase } from "../close-case.js";
import { openCase } from "../open-case.js";
import { shareCase } from "../share-case.js";
import { OpenCaseInput } from "../types/inputs.js";
import { CasePayload } from "../types/payloads.js";

@Resolver()
export class CaseMutations {
  @Mutation(() => CasePayload, { nullable: true })
  async openCase(
    @Ctx() context: SubgraphContext,
    @Arg("input", () => OpenCaseInput) input: OpenCaseInput,
  ): Promise<CasePayload> {
    const judge = await actAs(context, "JUDICIAL");
    return casePayload(() => openCase(context, judge, input));
  }

  @Mutation(() => CasePayload, { nullable: true, description: "No warrant is drafted or issued in a closed case." })
  async closeCase(@Ctx() context: SubgraphContext, @Arg("id", () => ID) id: string): Promise<CasePayload> {
    const judge = await actAs(context, "JUDICIAL");
    return casePayload(() => closeCase(context, judge, id));
  }

  @Mutation(() => CasePayload, {
    nullable: true,
    description: "Lets another authority of the country read the case and its warrants.",
  })
  async shareCase(
    @Ctx() context: SubgraphContext,
    @Arg("id", () => ID) id: string,
    @Arg("authorityId", () => ID) authorityId: string,
  ): Promise<CasePayload> {
    const judge = await actAs(context, "JUDICIAL");
    return casePayload(() => shareCase(context, judge, id, authorityId));
  }
}
