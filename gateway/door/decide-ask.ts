import type { Circumstances } from "./circumstances.js";
import { type Access, decideAccess } from "./decide-access.js";
import { decideSearch } from "./decide-search.js";
import type { Ask } from "./types.js";

/** The answer of the door to one question. Pure. */
export function decideAsk(circumstances: Circumstances, ask: Ask): Access {
  const { field, subject, search } = ask;
  return search === undefined
    ? decideAccess(circumstances, field, subject)
    : decideSearch(circumstances, { field, subject, search });
}
