import type { z } from "zod";

/** One line for each fault that zod found: where, and what was expected. Values are left out: they may be secret. */
export function explainIssues(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const place = issue.path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
    return place === "" ? issue.message : `${place.replace(/^\./, "")}: ${issue.message}`;
  });
}
