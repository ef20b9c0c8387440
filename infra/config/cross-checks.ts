import { alarmChecks } from "./checks/alarm-checks";
import { balancerChecks } from "./checks/balancer-checks";
import type { CrossCheck } from "./checks/cross-check";
import { dataChecks } from "./checks/data-checks";
import { namingChecks } from "./checks/naming-checks";
import { networkChecks } from "./checks/network-checks";
import { releaseChecks } from "./checks/release-checks";
import { serviceChecks } from "./checks/service-checks";
import { sharingChecks } from "./checks/sharing-checks";
import { windowChecks } from "./checks/window-checks";

/** Every rule between two values, in the order of the configuration's areas. */
export const crossChecks: readonly CrossCheck[] = [
  ...namingChecks,
  ...networkChecks,
  ...dataChecks,
  ...windowChecks,
  ...sharingChecks,
  ...balancerChecks,
  ...serviceChecks,
  ...releaseChecks,
  ...alarmChecks,
];
