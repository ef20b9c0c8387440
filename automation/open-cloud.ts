import { cloudWatchMetrics } from "./adapters/cloudwatch-metrics";
import { ecrRegistry } from "./adapters/ecr-registry";
import { ecsContainers } from "./adapters/ecs-containers";
import { ecsServiceDeployments } from "./adapters/ecs-service-deployments";
import { elbTraffic } from "./adapters/elb-traffic";
import { fetchHttp } from "./adapters/fetch-http";
import { route53Dns } from "./adapters/route53-dns";
import { ssmInstances } from "./adapters/ssm-instances";
import { systemClock } from "./adapters/system-clock";
import { snsNotices } from "./adapters/sns-notices";
import type { Context } from "./context";

export interface OpenCloudOptions {
  readonly region: string;
  readonly profile: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a release sees and moves at AWS. Nothing is called or loaded yet. */
export function openCloud({
  region,
  profile,
  env,
}: OpenCloudOptions): Pick<
  Context,
  "containers" | "serviceDeployments" | "traffic" | "dns" | "instances" | "metrics" | "registry" | "notices" | "http"
> {
  const options = { region, env, ...(profile === undefined ? {} : { profile }) };
  return {
    containers: ecsContainers(options),
    serviceDeployments: ecsServiceDeployments(options),
    traffic: elbTraffic(options),
    metrics: cloudWatchMetrics(options),
    registry: ecrRegistry(options),
    notices: snsNotices(options),
    dns: route53Dns(options),
    // Commands run on real instances, whatever the clock of the cloud is.
    instances: ssmInstances({ ...options, clock: systemClock }),
    http: fetchHttp({ env }),
  };
}
