import type { StreamPlaces } from "./events/stream-places.js";
import type { Figures } from "./figures.js";
import type { CheckReadiness } from "./readiness.js";

/** The processes that listen on one port, as one of them sees them. What is asked of any is answered for all. */
export interface SharedPort {
  /**
   * Whether one of this `servedDigest` may listen: one that begins takes part in what the others serve, so that what they refused to serve is not let in by the end of
   * one of them.
   */
  admits(digest: string): Promise<boolean>;
  /** In sum. Rejects where it is not known just now. */
  figures(): Promise<Figures>;
  /** What is missing anywhere. Never rejects: not to know is to miss something. */
  readonly ready: CheckReadiness;
  readonly places: StreamPlaces;
}
