import type { Subgraph } from "../../schema/identity/subgraph.js";
import { callChecks } from "./call-checks.js";
import { type Check, type ProbeContext, rightDraft } from "./check.js";
import { findIds, readSamples, rootPathsTo, type Sample } from "./find-samples.js";
import type { Finding } from "./finding.js";
import { grantChecks } from "./grant-checks.js";
import { hasValue, judgeAnswer, type KnownValues } from "./judge-answer.js";
import { type MarkedType, markedRootsOf, markedTypesOf, readServedSdl } from "./marked-type.js";
import { probeSearch } from "./probe-searches.js";
import { scopeChecks } from "./scope-checks.js";
import { shapeChecks } from "./shape-checks.js";
import type { SubgraphUnderProbe } from "./subgraph-under-probe.js";

const checks: readonly Check[] = [...callChecks, ...grantChecks, ...scopeChecks, ...shapeChecks];

/** A subgraph that stopped answering on the way would have passed everything after. */
const stillAnswers: Check = {
  name: "right-grant-at-the-end",
  sentence: "nothing of a right grant, after all this",
  drafts: (context) => [rightDraft(context)],
};

/**
 * Proves that no identity field of a subgraph leaves without a grant. Plays the gateway: reads the SDL, finds the marked fields, learns from a right grant what
 * their values are, so that no check passes on empty data, and then asks in every wrong way for the same. `ids` are entities to ask about, by type; where none are
 * given they are looked for from the public roots. `platform`: among whose accounts its searches find; null: they are not tried.
 */
export async function* probeSubgraph(
  probed: SubgraphUnderProbe,
  { ids, platform }: { readonly ids: ReadonlyMap<string, readonly string[]>; readonly platform: string | null },
): AsyncGenerator<Finding> {
  const { _service } = await probed.ask({ query: "{ _service { sdl } }", variables: {} });
  const subgraph = readServedSdl(probed.service, String((_service as { sdl?: unknown } | null)?.sdl ?? ""));
  const known: KnownValues[] = [];
  for (const marked of markedTypesOf(subgraph)) {
    const found = yield* learn(probed, subgraph, marked, ids.get(marked.type) ?? []);
    if (found === null) continue;
    known.push(found.values);
    for (const check of [...checks, stillAnswers]) yield await run(check, found);
  }
  for (const root of markedRootsOf(subgraph)) yield* probeSearch(probed, root, platform, known);
}

interface Learnt extends ProbeContext {
  readonly values: KnownValues;
}

/** Asks under a right grant. Null where nothing can be proven about the type, which is a failure. */
async function* learn(
  probed: SubgraphUnderProbe,
  subgraph: Subgraph,
  marked: MarkedType,
  given: readonly string[],
): AsyncGenerator<Finding, Learnt | null> {
  const { type, fields } = marked;
  const ids = await findIds(type, given, subgraph, probed);
  const samples = await readSamples(marked, ids, probed);
  const say = (check: string, sentence: string, problems: readonly string[]): Finding => {
    const outcome = problems.length === 0 ? "PASSED" : "FAILED";
    return { outcome, check, type, fields: coordinatesOf(marked), sentence, problems };
  };
  if (samples.length === 0) {
    const problem = `no ${type} could be read with its person: name some, with --id ${type}=…`;
    yield say("sample", "finds entities to ask about", [problem]);
    return null;
  }
  const context = { probed, marked, samples, rootPaths: rootPathsTo(type, subgraph) };
  const { data } = await probed.send(rightDraft(context));
  const values = valuesOf(data?._entities, marked);
  const withValue = (field: string): Sample | undefined => samples.find(({ id }) => hasValue(values.get(id)?.[field]));
  yield say(
    "right-grant",
    "answers under a right grant",
    fields.flatMap(({ name }) =>
      withValue(name) === undefined
        ? [
            `${type}.${name} was not answered: the grant was not believed, or none of ${samples.length} has a value (name one that has, with --id ${type}=…)`,
          ]
        : [],
    ),
  );
  const chosen = new Set(fields.flatMap(({ name }) => withValue(name) ?? []));
  const second = samples.find((sample) => !chosen.has(sample));
  if (chosen.size === 0) return null;
  if (chosen.size === 1 && second !== undefined) chosen.add(second);
  return { ...context, samples: [...chosen], values };
}

function coordinatesOf({ type, fields }: MarkedType): readonly string[] {
  return fields.map(({ name }) => `${type}.${name}`);
}

function valuesOf(entities: unknown, { fields }: MarkedType): KnownValues {
  const answered = ((entities ?? []) as (Record<string, unknown> | null)[]).filter((entity) => entity !== null);
  return new Map(
    answered.map((entity) => [
      String(entity.id),
      Object.fromEntries(fields.map(({ name }) => [name, entity[name] ?? null])),
    ]),
  );
}

async function run({ name, sentence, drafts }: Check, context: Learnt): Promise<Finding> {
  const { marked, probed, samples, values } = context;
  const found = { check: name, type: marked.type, fields: coordinatesOf(marked), sentence: `refuses ${sentence}` };
  const requests = drafts(context);
  if (requests === null) return { ...found, outcome: "NOT_TRIED", problems: [] };
  const asked = new Map(samples.map(({ id }) => [id, values.get(id) ?? {}]));
  const problems = new Set<string>();
  for (const draft of requests) {
    const answer = await probed.send(draft);
    const against = { type: marked.type, fields: marked.fields.map((field) => field.name), values: asked };
    for (const problem of judgeAnswer(answer, draft, against)) problems.add(problem);
  }
  return { ...found, outcome: problems.size === 0 ? "PASSED" : "FAILED", problems: [...problems] };
}
