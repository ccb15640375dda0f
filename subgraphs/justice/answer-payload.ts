import { notForGood } from "../kit/act-once.js";
import { orUserErrors } from "./rule-broken.js";
import type { CasePayload, WarrantPayload } from "./types/payloads.js";

/** What an act on a warrant came to, as its mutation answers it. */
export async function warrantPayload(work: () => Promise<Omit<WarrantPayload, "userErrors">>): Promise<WarrantPayload> {
  const outcome = await orUserErrors(work);
  if ("done" in outcome) return { ...outcome.done, userErrors: [] };
  return payloadOf({ warrant: null, warnings: [], userErrors: outcome.userErrors }, outcome);
}

/** The same of a case. */
export async function casePayload(work: () => Promise<Omit<CasePayload, "userErrors">>): Promise<CasePayload> {
  const outcome = await orUserErrors(work);
  if ("done" in outcome) return { ...outcome.done, userErrors: [] };
  return payloadOf({ case: null, warnings: [], userErrors: outcome.userErrors }, outcome);
}

function payloadOf<Payload extends object>(payload: Payload, { later }: { readonly later: boolean }): Payload {
  return later ? notForGood(payload) : payload;
}
