/** The outcome of one check on one type. */
export interface Finding {
  /** PASSED, FAILED, or NOT_TRIED where the type gives no occasion. */
  readonly outcome: "PASSED" | "FAILED" | "NOT_TRIED";
  readonly check: string;
  readonly type: string;
  /** Coordinates of the identity fields that it asked for. */
  readonly fields: readonly string[];
  readonly sentence: string;
  /** What went wrong, by coordinate; never a value. */
  readonly problems: readonly string[];
}
