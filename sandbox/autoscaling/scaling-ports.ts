import type { CountPorts, CountSetter } from "./count-setter";
import type { ScalingCloudWatch } from "./ports";

/** What the operations work with. */
export interface ScalingPorts extends CountPorts {
  readonly cloudWatch: ScalingCloudWatch;
  readonly counts: CountSetter;
}
