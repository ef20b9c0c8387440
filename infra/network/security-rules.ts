import type { LoadBalancerConfig, StackConfig } from "../config/schema";

export type Group = "loadBalancer" | "services" | "database";

/** Whom a rule lets in or out to. */
export type Peer =
  | { readonly kind: "group"; readonly group: Group }
  | { readonly kind: "internet" }
  | { readonly kind: "vpc" }
  | { readonly kind: "s3" }
  | { readonly kind: "block"; readonly cidr: string };

/** One TCP port that one group accepts, or connects to. */
export interface SecurityRule {
  readonly group: Group;
  readonly direction: "ingress" | "egress";
  readonly port: number;
  readonly peer: Peer;
  readonly why: string;
}

/** What decides the rules: all of it plain, so that a preview shows every rule. */
export interface RulesInput {
  readonly loadBalancer: LoadBalancerConfig | undefined;
  readonly services: StackConfig["services"];
  /** Undefined without a database. */
  readonly databasePort: number | undefined;
  /** How tasks get out of the VPC. */
  readonly egress: "internet" | "endpoints";
  /** Whether the VPC has our gateway endpoint for S3. */
  readonly hasS3Endpoint: boolean;
}

const internet = { kind: "internet" } as const;
const vpc = { kind: "vpc" } as const;
const group = (name: Group): Peer => ({ kind: "group", group: name });

/**
 * Every rule of an environment. DNS and time come from Amazon's own addresses in the VPC, which security groups do not
 * filter; and answers to accepted connections always pass.
 */
export function securityRules(input: RulesInput): readonly SecurityRule[] {
  return [
    ...(input.loadBalancer === undefined ? [] : loadBalancerRules(input.loadBalancer, publishedPorts(input.services))),
    ...sharedPorts(input.services).flatMap(sharedPortRules),
    ...apiRules(input),
    ...(input.databasePort === undefined ? [] : databaseRules(input.databasePort)),
  ];
}

function loadBalancerRules(config: LoadBalancerConfig, ports: readonly number[]): SecurityRule[] {
  const listeners = listenerPorts(config).flatMap((port) =>
    clients(config).map((peer): SecurityRule => ({
      group: "loadBalancer",
      direction: "ingress",
      port,
      peer,
      why: "Clients to the listener",
    })),
  );
  const tests = testers(config).map((peer): SecurityRule => ({
    group: "loadBalancer",
    direction: "ingress",
    port: config.test?.port ?? 0,
    peer,
    why: "Tests of a slot to the test listener",
  }));
  const targets = ports.flatMap((port): SecurityRule[] => [
    { group: "loadBalancer", direction: "egress", port, peer: group("services"), why: "Load balancer to its targets" },
    { group: "services", direction: "ingress", port, peer: group("loadBalancer"), why: "Load balancer to its targets" },
  ]);
  return [...listeners, ...tests, ...targets];
}

const listenerPorts = (config: LoadBalancerConfig): number[] => [
  ...(config.http === "off" ? [] : [80]),
  ...(config.https === undefined ? [] : [443]),
];

function clients({ allowedCidrs, scheme }: LoadBalancerConfig): readonly Peer[] {
  return allowedCidrs === undefined ? [scheme === "internet-facing" ? internet : vpc] : blocks(allowedCidrs);
}

/** What has no traffic yet is not for everybody: never the internet unless somebody writes it down. */
function testers({ test }: LoadBalancerConfig): readonly Peer[] {
  if (test === undefined) return [];
  return test.allowedCidrs === undefined ? [vpc] : blocks(test.allowedCidrs);
}

const blocks = (cidrs: readonly string[]): readonly Peer[] =>
  [...new Set(cidrs)].map((cidr) => ({ kind: "block", cidr }));

const sharedPortRules = (port: number): SecurityRule[] => [
  { group: "services", direction: "ingress", port, peer: group("services"), why: "Service to service" },
  { group: "services", direction: "egress", port, peer: group("services"), why: "Service to service" },
];

/**
 * Tasks pull images, write logs, read secrets and call other companies' APIs. These have no fixed addresses, so where
 * there is a way to the internet, HTTPS out to anywhere is the narrowest rule that works; nothing comes in by it.
 * Without such a way only the endpoints inside the VPC are left, and S3, which holds the image layers.
 */
function apiRules({ egress, hasS3Endpoint }: RulesInput): SecurityRule[] {
  const https = (peer: Peer, why: string): SecurityRule => ({
    group: "services",
    direction: "egress",
    port: 443,
    peer,
    why,
  });
  if (egress === "internet") return [https(internet, "Registries, AWS APIs and other APIs")];
  return [https(vpc, "VPC endpoints"), ...(hasS3Endpoint ? [https({ kind: "s3" }, "Image layers in S3")] : [])];
}

const databaseRules = (port: number): readonly SecurityRule[] => [
  {
    group: "database",
    direction: "ingress",
    port,
    peer: group("services"),
    why: "Services to the database",
  },
  {
    group: "services",
    direction: "egress",
    port,
    peer: group("database"),
    why: "Services to the database",
  },
];

/** Ports behind the load balancer, each once, ascending. */
const publishedPorts = (services: StackConfig["services"]): number[] =>
  portsOf(
    Object.values(services)
      .flatMap(({ containers }) => Object.values(containers))
      .filter((container) => container.loadBalancer !== undefined),
  );

/** Ports that the services open to each other. */
const sharedPorts = (services: StackConfig["services"]): number[] =>
  portsOf(
    Object.values(services)
      .filter(({ serviceToService }) => serviceToService)
      .flatMap(({ containers }) => Object.values(containers)),
  );

const portsOf = (containers: readonly { readonly port?: number | undefined }[]): number[] =>
  [...new Set(containers.flatMap(({ port }) => (port === undefined ? [] : [port])))].sort((one, other) => one - other);
