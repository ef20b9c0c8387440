import type { Faults } from "../../model/behaviour";
import type { Chance } from "../groups/choose-target";
import type { Listener } from "../tables";
import type { TraceIds } from "./trace-ids";
import type { Meter } from "../traffic/meter";

/** What every listener of the data plane needs of the rest. */
export interface PlaneContext {
  readonly meter: Meter;
  readonly faults: Pick<Faults, "isLost">;
  readonly chance: Chance;
  /** Real milliseconds to wait for a connection to a target. */
  readonly connectTimeoutMs: number;
  readonly trace: TraceIds;
  readonly log: (line: string) => void;
  /** Where the listener of the same load balancer with this port answers on this machine. */
  readonly localPort: (listener: Listener, port: string) => number | undefined;
}
