import type { SharedName } from "../model/switch/plan";
import type { Weights } from "../model/release/plan";

/** One of the weighted records of a name. */
export interface WeightedRecord {
  readonly setIdentifier: string;
  /** 0 to 255. */
  readonly weight: number;
  /** Name that it is an alias for; null when it is none. */
  readonly alias: string | null;
}

/** Amazon Route 53. Failures are `CloudError`s. */
export interface Dns {
  /** Weighted records of type A; empty when the name has none. */
  weighted(name: SharedName): Promise<readonly WeightedRecord[]>;
  /** Gives the records blue and green these weights in one batch, and leaves all else of them; gives the change's id. */
  weigh(name: SharedName, weights: Weights): Promise<string>;
  /** Whether a change is on all name servers. */
  isInSync(change: string): Promise<boolean>;
}
