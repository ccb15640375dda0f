import type { Principal } from "../../schema/principal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { checkText } from "./check-text.js";
import { doAct, prepareAct } from "./prepare-act.js";
import { refuseIfAny } from "./rule-broken.js";
import type { WarrantPayload } from "./types/payloads.js";

/** Answers whatever the provider contests: those items are ordered again, and their clock goes on. Throws RuleBroken. */
export async function answerContest(
  context: SubgraphContext,
  judge: Principal,
  id: string,
  text: string,
): Promise<Omit<WarrantPayload, "userErrors">> {
  const prepared = await prepareAct(context, judge, { act: "ANSWER", id });
  refuseIfAny(checkText(text, ["text"]));
  return doAct(context, prepared, { reason: text });
}
