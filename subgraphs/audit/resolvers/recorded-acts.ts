import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { Inaccessible } from "../../kit/directives.js";
import { onlyFor } from "../../kit/only-for.js";
import type { SubgraphContext } from "../../kit/subgraph.js";

/** What a gateway asks before it carries acts to the log. */
@Resolver()
export class RecordedActsQuery {
  @Inaccessible()
  @Query(() => [ID], { nullable: true, description: "Those of these acts that the log holds, integrated or not." })
  async recordedActs(@Ctx() context: SubgraphContext, @Arg("acts", () => [ID]) acts: string[]): Promise<string[]> {
    onlyFor(context, "GATEWAY");
    if (acts.length === 0) return [];
    const rows = await context.em.execute<{ act: string }[]>("select act from audit.audit_act where act in (?)", [
      acts,
    ]);
    return rows.map(({ act }) => act);
  }
}
