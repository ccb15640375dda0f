import { factsField, factsSelection } from "../../schema/identity/identity-spec.js";
import type { Subject } from "../door/types.js";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import { isData } from "./data.js";
import { Mark } from "./mark.js";
import { reportOn } from "./report.js";
import { fetchPublic, type Run } from "./run.js";
import { itemsFor } from "./settle-entities.js";

/** Asks what is known of these persons, in their order; or the mark of what went wrong. */
export type KnowSubjects = (run: Run, ids: readonly string[]) => Promise<readonly Subject[] | Mark>;

/** Compiles the question to the one half that owns the facts of a type of persons. */
export function compileKnowSubjects(person: string, graph: GuardedGraph): KnowSubjects {
  const owner = graph.owners.get(`${person}.${factsField}`);
  if (owner === undefined) throw new Error(`nobody knows the facts of ${person}: the graph was not guarded`);
  const text = `query($__r: [_Any!]!) { _entities(representations: $__r) { ... on ${person} { __typename id ${factsSelection} } } }`;
  return async (run, ids) => {
    if (ids.length === 0) return [];
    const answer = await fetchPublic(run, owner, text, { __r: ids.map((id) => ({ __typename: person, id })) });
    const items = itemsFor(answer, "_entities", ids.length, reportOn(owner, run));
    const failed = items.find((item) => item instanceof Mark);
    if (failed instanceof Mark) return new Mark(failed.cause);
    return ids.map((id, index) => {
      const item = items[index];
      const entity = `${person}  ${id}`;
      if (isData(item) && item.__typename === person && item.id === id) run.subjects.meet(entity, item, []);
      return run.subjects.of(entity) ?? unknown(id);
    });
  };
}

/** The half that owns the facts does not know whom another one found: doubt, so nothing of hers is told, and an alarm is raised. */
function unknown(id: string): Subject {
  const facts = { providerCountry: "", residence: null, nationality: null, locatedIn: null, protectedRole: null };
  return { id, facts, doubtful: true };
}
