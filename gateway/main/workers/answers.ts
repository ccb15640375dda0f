import type { Figures } from "../figures.js";

/** What the primary answers a worker. */
export type PrimaryAnswers = {
  /** The worker hears from now on what it is told. */
  here(given: null): void;
  /** As of SharedPort; true as long as nobody listens. */
  admits(digest: string): boolean;
  /** The worker serves this from now on. */
  serves(digest: string): void;
  /** The worker listens at this address. */
  listening(url: string): void;
  /** Of all workers, as the two questions to a worker. */
  figures(given: null): Promise<Figures>;
  missing(given: null): Promise<readonly string[]>;
  takePlace(who: string): boolean;
  leavePlace(who: string): void;
};

/** What a worker answers the primary. */
export type WorkerAnswers = {
  figures(given: null): Promise<Figures>;
  missing(given: null): Promise<readonly string[]>;
  /** Reads graph and safelist again. */
  reload(given: null): Promise<void>;
  /** From now on it is this worker that does what one gateway of a port does by itself. */
  watch(given: null): Promise<void>;
  /** Finishes what runs, and ends. */
  stop(given: null): void;
};
