import type { Containers } from "../ports/containers";
import type { AwsOptions } from "./aws-clients";

/** To come. */
export function ecsContainers(options: AwsOptions): Containers {
  throw new Error(`ecs-containers is not there yet (${options.region}).`);
}
