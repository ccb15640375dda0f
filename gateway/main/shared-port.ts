import type { StreamPlaces } from "./events/stream-places.js";
import type { Figures } from "./figures.js";
import type { CheckReadiness } from "./readiness.js";

/** The processes that listen on one port, as one of them sees them. What is asked of any is answered for all. */
export interface SharedPort {
  /** In sum. Rejects where it is not known just now. */
  figures(): Promise<Figures>;
  /** What is missing anywhere. Never rejects: not to know is to miss something. */
  readonly ready: CheckReadiness;
  readonly places: StreamPlaces;
}
