import { LoadBalancer, type LoadBalancerArgs } from "../../infra/load-balancer/load-balancer";
import { makeNames } from "../../infra/naming";
import { mergeReleases } from "../../infra/releases";
import { stackConfig } from "./stack-config";

/** A container behind the load balancer. */
export const attachedContainer = (port: number, conditions: object = {}) => ({
  image: { repository: "shop" },
  port,
  loadBalancer: { ...conditions, healthCheck: { path: "/health", matcher: "200-299", intervalSeconds: 15 } },
});
export const certificateArn = "arn:aws:acm:eu-central-1:686831565523:certificate/1";
const https = { certificateArn };

/** What differs from two plain services behind an internet-facing load balancer. */
export interface Settings {
  readonly balancer?: object;
  readonly strategy?: string;
  readonly naming?: object;
  readonly services?: object;
}

/** A load balancer in front of `web`, which gets everything, and `api`, which has a path and a host. */
export function makeLoadBalancer(
  { balancer = {}, strategy = "rolling", naming = {}, services }: Settings,
  args: Partial<LoadBalancerArgs> = {},
) {
  const shop = {
    web: { release: { strategy }, containers: { web: attachedContainer(8080) } },
    api: {
      release: { strategy },
      containers: { api: attachedContainer(8081, { paths: ["/api/*"], hosts: ["shop.example"] }) },
    },
  };
  const config = stackConfig({
    loadBalancer: { scheme: "internet-facing", https, ...balancer },
    naming,
    services: services ?? shop,
  });
  if (config.loadBalancer === undefined) throw new Error("no load balancer");
  return new LoadBalancer("lb", {
    names: makeNames(config, "shop-staging"),
    config: config.loadBalancer,
    services: config.services,
    releases: mergeReleases({}, {}, config.services),
    releasedServices: new Set(),
    vpcId: "vpc-1",
    publicSubnetIds: ["subnet-public"],
    privateSubnetIds: ["subnet-private"],
    securityGroupId: "sg-1",
    ...args,
  });
}
