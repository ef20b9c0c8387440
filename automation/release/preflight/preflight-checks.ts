import { alarmsSilent } from "./alarms-silent";
import { asRemembered } from "./as-remembered";
import { healthCheckPace } from "./health-check-pace";
import { imageArchitecture } from "./image-architecture";
import { imageExists } from "./image-exists";
import { liveHealthy } from "./live-healthy";
import { noDeployment } from "./no-deployment";
import type { PreflightCheck } from "./preflight-check";
import { registryAccount } from "./registry-account";
import { serviceExists } from "./service-exists";
import { trafficOnLive } from "./traffic-on-live";
import { verifiedVersion } from "./verified-version";

/** Everything that has to be so before a release begins, in the order in which it is told. */
export const preflightChecks: readonly PreflightCheck[] = [
  registryAccount,
  imageExists,
  imageArchitecture,
  verifiedVersion,
  serviceExists,
  asRemembered,
  noDeployment,
  trafficOnLive,
  liveHealthy,
  alarmsSilent,
  healthCheckPace,
];
