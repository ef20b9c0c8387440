import type { WatchRecord } from "../model/release/watch";

/** One watch for each service of a stack, the last one. */
export interface Watches {
  get(service: string): Promise<WatchRecord | undefined>;
  list(): Promise<readonly WatchRecord[]>;
  put(record: WatchRecord): Promise<void>;
}
