import type { Finding } from "../catalog.js";
import { marksOf } from "../marks.js";
import type { Subgraph } from "../subgraph.js";
import { entityKey } from "./entity-key.js";
import { factsOnce } from "./facts-once.js";
import { factsShape } from "./facts-shape.js";
import { federationLink } from "./federation-link.js";
import { hiddenEntity } from "./hidden-entity.js";
import { hiddenValue } from "./hidden-value.js";
import { identityCategory } from "./identity-category.js";
import { identityInKey } from "./identity-in-key.js";
import { identityInsideIdentity } from "./identity-inside-identity.js";
import { identityLink } from "./identity-link.js";
import { identityOnEntity } from "./identity-on-entity.js";
import { identityOnRoot } from "./identity-on-root.js";
import { identityRequires } from "./identity-requires.js";
import { identityRows } from "./identity-rows.js";
import { identitySoleSource } from "./identity-sole-source.js";
import { interfaceEntity } from "./interface-entity.js";
import { interfaceIdentity } from "./interface-identity.js";
import { knownSpecsOnly } from "./known-specs.js";
import { markPlace } from "./mark-place.js";
import { nullableEdge } from "./nullable-edge.js";
import { nullableIdentity } from "./nullable-identity.js";
import { nullableRoot } from "./nullable-root.js";
import { override } from "./override.js";
import { publicReason } from "./public-reason.js";
import { reservedNames } from "./reserved-name.js";
import { rootNames } from "./root-names.js";
import type { LintRule } from "./rule.js";
import { subjectFacts } from "./subject-facts.js";
import { subjectPath } from "./subject-path.js";
import { subscriptionSource } from "./subscription-source.js";
import { unclassified } from "./unclassified.js";

/** Every rule, in the order in which a reader wants to hear of them: what the SDL says of itself, the marks, the ways around the door, nullability. */
const lintRules: readonly LintRule[] = [
  federationLink,
  identityLink,
  knownSpecsOnly,
  rootNames,
  subscriptionSource,
  reservedNames,
  markPlace,
  publicReason,
  unclassified,
  identityCategory,
  identityOnRoot,
  identityOnEntity,
  identityInsideIdentity,
  nullableIdentity,
  identityRows,
  subjectPath,
  subjectFacts,
  interfaceIdentity,
  interfaceEntity,
  identityInKey,
  identitySoleSource,
  identityRequires,
  override,
  factsShape,
  factsOnce,
  hiddenEntity,
  hiddenValue,
];

/** Rules about what is disclosed beside what fails, and about entities below identity data: a graph without a mark discloses nothing, and Federation asks for none of them. */
const rulesOfDisclosure: readonly LintRule[] = [entityKey, nullableRoot, nullableEdge];

/** What the lint refuses in a graph; empty where it may be split and composed. */
export function lintGraph(subgraphs: readonly Subgraph[]): readonly Finding[] {
  const rules = subgraphs.some((subgraph) => marksOf(subgraph).length > 0)
    ? [...lintRules, ...rulesOfDisclosure]
    : lintRules;
  return rules.flatMap((rule) => rule.check(subgraphs).map((violation) => ({ ...violation, rule: rule.name })));
}
