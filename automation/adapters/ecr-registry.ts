import type { Registry } from "../ports/registry";
import type { AwsOptions } from "./aws-clients";

/** To come. */
export function ecrRegistry(options: AwsOptions): Registry {
  throw new Error(`ecr-registry is not there yet (${options.region}).`);
}
