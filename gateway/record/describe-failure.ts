/**
 * What the process log may say of a failure: its name and code, and the sentence where it is one of ours. A database's own words may carry values of the
 * row it refused.
 */
export function describeFailure(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { fault: typeof error };
  const ours = ownErrors.has(error.name);
  return {
    fault: error.name,
    ...(ours && { message: error.message }),
    ...("code" in error && { code: String(error.code) }),
    ...(error.cause instanceof Error && { cause: describeFailure(error.cause) }),
  };
}

const ownErrors: ReadonlySet<string> = new Set([
  "StoreRefused",
  "StoreUnsafe",
  "TookTooLong",
  "LeafFault",
  "LogUnavailable",
]);
