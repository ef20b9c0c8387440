import type { Traffic } from "../ports/traffic";
import type { AwsOptions } from "./aws-clients";

/** To come. */
export function elbTraffic(options: AwsOptions): Traffic {
  throw new Error(`elb-traffic is not there yet (${options.region}).`);
}
