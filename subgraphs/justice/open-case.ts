import { randomUUID } from "node:crypto";
import type { Principal } from "../../schema/principal.js";
import { keepOutcome } from "../kit/act-once.js";
import { EntityReference } from "../kit/outcome-text.js";
import type { EntityManager, Graph, SubgraphContext } from "../kit/subgraph.js";
import { checkLine } from "./check-text.js";
import { Case } from "./entities/case.js";
import { findCase } from "./load.js";
import { refuseIfAny } from "./rule-broken.js";
import type { OpenCaseInput } from "./types/inputs.js";
import type { CasePayload } from "./types/payloads.js";
import { type UserError, userError } from "./types/user-error.js";

/** Most offences, and most posts, in one case. */
const most = 100;

/** Opens a case of the judge's authority. Throws RuleBroken; the offences and the posts are asked of the graph. */
export async function openCase(
  context: SubgraphContext,
  judge: Principal,
  input: OpenCaseInput,
): Promise<Omit<CasePayload, "userErrors">> {
  const { country, authority } = judge;
  if (country === null || authority === null) throw new Error("a judicial caller has a country and an authority");
  const postIds = input.postIds ?? [];
  refuseIfAny(checkForm(input, postIds));
  refuseIfAny([
    ...(await checkOffences(context.graph, input.offenceCodes, country)),
    ...(await checkPosts(context.graph, postIds)),
  ]);
  const id = `case-${randomUUID()}`;
  await context.em.transactional(async (transaction) => {
    await transaction.insert(Case, {
      id,
      reference: input.reference,
      country,
      authorityId: authority,
      offenceCodes: input.offenceCodes,
      committedOnline: input.committedOnline,
      offenceCountry: input.offenceCountry ?? null,
      postIds,
      openedAt: context.clock(),
      closedAt: null,
    });
    const answered = { case: new EntityReference("Case", id), warnings: [], userErrors: [] };
    await keepOutcome(context, transaction as EntityManager, answered);
  });
  return { case: await findCase(context, id), warnings: [] };
}

function checkForm({ reference, offenceCodes }: OpenCaseInput, postIds: readonly string[]): UserError[] {
  const errors = checkLine(reference, ["reference"]);
  if (offenceCodes.length === 0)
    errors.push(userError("OFFENCES_EMPTY", "Name at least one offence.", ["offenceCodes"]));
  return [...errors, ...checkList(offenceCodes, "offenceCodes"), ...checkList(postIds, "postIds")];
}

function checkList(values: readonly string[], field: string): UserError[] {
  if (values.length > most)
    return [userError("TOO_MANY", `At most ${most} are taken, these are ${values.length}.`, [field])];
  return values.flatMap((value, index) => {
    const again = values.indexOf(value) < index;
    return again
      ? [userError("NAMED_TWICE", `${value} is named twice.`, [field, index])]
      : checkLine(value, [field, index]);
  });
}

async function checkOffences(graph: Graph, codes: readonly string[], country: string): Promise<UserError[]> {
  const { offences } = await graph<{ offences: { code: string; country: string }[] }>(
    "query Offences { offences { code country } }",
  );
  return codes.flatMap((code, index) => {
    const offence = offences.find((one) => one.code === code);
    if (!offence) {
      return [
        userError("OFFENCE_UNKNOWN", `${code} is not in the table of offences: see \`offences(country)\`.`, [
          "offenceCodes",
          index,
        ]),
      ];
    }
    if (offence.country === country || offence.country === "*") return [];
    const message = `${code} is an offence of ${offence.country}; a case of ${country} names offences of ${country} or "*".`;
    return [userError("OFFENCE_OF_ANOTHER_STATE", message, ["offenceCodes", index])];
  });
}

async function checkPosts(graph: Graph, ids: readonly string[]): Promise<UserError[]> {
  if (ids.length === 0) return [];
  const { posts } = await graph<{ posts: { nodes: { id: string }[] } }>(
    "query Posts($ids: [ID!]!) { posts(filter: { ids: $ids }, first: 100) { nodes { id } } }",
    { ids },
  );
  const known = new Set(posts.nodes.map(({ id }) => id));
  return ids.flatMap((id, index) =>
    known.has(id) ? [] : [userError("POST_UNKNOWN", `There is no post ${id}.`, ["postIds", index])],
  );
}
