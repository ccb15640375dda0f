/**
 * Whether the database said for certain that nothing was committed: an ERROR, which ends the statement's transaction. A lost connection, a server that
 * shuts down (class 57), an unknown completion (40003), or a warning after a commit that no standby confirmed leave it open.
 * PostgreSQL, 53.8 "Error and Notice Message Fields"; Appendix A.
 */
export function isCertain(error: unknown): boolean {
  if (!(error instanceof Error) || !("severity" in error) || !("code" in error)) return false;
  return error.severity === "ERROR" && !/^(08|57|40003)/.test(String(error.code));
}
