import type { GrantedSearch } from "../../schema/calls.js";
import type { Identifier } from "../../schema/identity/identifier.js";
import { searchText } from "../execute/search-text.js";
import { sha256 } from "./check.js";
import type { Draft } from "./draft.js";
import { anotherThan } from "./find-identifiers.js";
import type { MarkedRoot } from "./marked-type.js";
import type { SubgraphUnderProbe } from "./subgraph-under-probe.js";
import { rightTokens } from "./token-draft.js";

/** A root field that searches, with an identifier by which it finds somebody. */
export interface SearchContext {
  readonly probed: SubgraphUnderProbe;
  readonly root: MarkedRoot;
  readonly identifier: Identifier;
  /** Code of the platform among whose accounts is searched. */
  readonly platform: string;
}

/** One search that a subgraph must refuse. */
export interface SearchCheck {
  readonly name: string;
  /** What is wrong with the request: it follows "refuses". */
  readonly sentence: string;
  readonly draft: (context: SearchContext) => Draft;
}

/** What a request is granted, beside its right grant; undefined takes the search away. */
type Granted = Readonly<Record<string, unknown>> | undefined;

/** A search under a right grant for it. */
export function rightSearch(context: SearchContext): Draft {
  return draftOf(context, searchOf(context));
}

export const searchChecks: readonly SearchCheck[] = [
  {
    name: "search-without-a-grant",
    sentence: "a search without a grant",
    draft: (context) => ({ ...rightSearch(context), grant: null }),
  },
  {
    name: "search-not-granted",
    sentence: "a search under a grant that allows none",
    draft: (context) => draftOf(context, undefined),
  },
  {
    name: "search-for-another-identifier",
    sentence: "a search for another identifier than the grant's",
    draft: (context) => draftOf(context, { ...searchOf(context), identifier: anotherThan(context.identifier) }),
  },
  {
    name: "search-of-another-field",
    sentence: "a search under a grant for another root field",
    draft: (context) => draftOf(context, { ...searchOf(context), field: `${context.root.field}Another` }),
  },
  {
    name: "search-of-another-category",
    sentence: "a search under a grant for another category",
    draft: (context) =>
      draftOf(context, searchOf(context), context.root.category === "CONTENT" ? "TRAFFIC" : "CONTENT"),
  },
  {
    name: "search-with-an-unknown-member",
    sentence: "a search with a member that it does not know, which may narrow it",
    draft: (context) => draftOf(context, { ...searchOf(context), atMost: 0 }),
  },
  {
    name: "search-of-another-platform",
    sentence: "a search among the accounts of another platform than the grant's",
    draft: (context) => draftOf(context, { ...searchOf(context), platform: "PROBE-NOBODY" }),
  },
];

function searchOf({ root, identifier, platform }: SearchContext): GrantedSearch {
  return { field: root.field, identifier, platform };
}

function draftOf(
  { probed, root, identifier }: SearchContext,
  search: Granted | GrantedSearch,
  category: string = root.category,
): Draft {
  const { kind, ...named } = identifier;
  const tokens = rightTokens(probed.service, probed.kid, probed.now(), {
    warrant: { id: "probe", contentHash: sha256("a warrant of the probe") },
    receipt: { writer: sha256("a writer of the probe"), batch: 0 },
    categories: [category],
    period: null,
  });
  return {
    ...tokens,
    body: {
      query: searchText(root.field, kind),
      variables: { ...named, first: 100, after: null },
      scope: {
        subjects: [],
        entities: [],
        ...(search === undefined ? {} : { search }),
        leafHashes: [sha256("a record of the probe")],
      },
    },
    permitted: [],
  };
}
