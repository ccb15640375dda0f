import { orUserErrors } from "./rule-broken.js";
import type { WarrantPayload } from "./types/payloads.js";

/** What an act on a warrant came to, as its mutation answers it. */
export async function warrantPayload(work: () => Promise<Omit<WarrantPayload, "userErrors">>): Promise<WarrantPayload> {
  const outcome = await orUserErrors(work);
  return "done" in outcome ? { ...outcome.done, userErrors: [] } : { warrant: null, warnings: [], ...outcome };
}
