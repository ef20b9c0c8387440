import type { Metrics } from "../ports/metrics";
import type { AwsOptions } from "./aws-clients";

/** To come. */
export function cloudWatchMetrics(options: AwsOptions): Metrics {
  throw new Error(`cloudwatch-metrics is not there yet (${options.region}).`);
}
