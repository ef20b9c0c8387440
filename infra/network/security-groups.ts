import * as pulumi from "@pulumi/pulumi";
import * as aws from "../aws";
import type { LoadBalancerConfig, NetworkConfig, StackConfig } from "../config/schema";
import { postgresPort } from "../database/engine";
import { securityRules, type Group, type Peer, type SecurityRule } from "./security-rules";

export interface SecurityGroupsArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly vpcCidr: pulumi.Input<string>;
  /** Decides how tasks get out of the VPC. */
  readonly network: NetworkConfig;
  /** `Network.s3PrefixListId`; undefined without an S3 endpoint of ours. */
  readonly s3PrefixListId?: pulumi.Input<string> | undefined;
  /** Decides whether the load balancer's group exists, and its ports. */
  readonly loadBalancer: LoadBalancerConfig | undefined;
  /** Decides which container ports are open. */
  readonly services: StackConfig["services"];
  /** Decides whether there is a group of the database, and whether it is made. */
  readonly database: StackConfig["database"];
}

/** A changed description replaces the group, so these stay as they are. */
const descriptions = {
  loadBalancer: "Load balancer",
  services: "ECS services",
  database: "Database",
} as const satisfies Record<Group, string>;

const words = { loadBalancer: "load-balancer", services: "services", database: "database" } as const satisfies Record<
  Group,
  string
>;

/** Who may talk to whom: one group each for load balancer, services and database, and each rule a resource of its own. */
export class SecurityGroups extends pulumi.ComponentResource {
  /** Undefined without a load balancer. */
  readonly loadBalancerId: pulumi.Output<string> | undefined;
  readonly servicesId: pulumi.Output<string>;
  /** Undefined without a database. */
  readonly databaseId: pulumi.Output<string> | undefined;

  constructor(name: string, args: SecurityGroupsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("slipway:network:SecurityGroups", name, {}, opts);

    const ids: Ids = {
      loadBalancer: args.loadBalancer === undefined ? undefined : this.makeGroup(name, "loadBalancer", args.vpcId),
      services: this.makeGroup(name, "services", args.vpcId),
      database: this.databaseGroup(name, args),
    };
    const rules = securityRules({
      loadBalancer: args.loadBalancer,
      services: args.services,
      databasePort: databasePort(args.database),
      egress: args.network.mode === "create" && args.network.nat === "none" ? "endpoints" : "internet",
      hasS3Endpoint: args.s3PrefixListId !== undefined,
    });
    for (const rule of rules) this.makeRule(name, rule, ids, args);

    this.loadBalancerId = ids.loadBalancer;
    this.servicesId = ids.services;
    this.databaseId = ids.database;
    this.registerOutputs({
      loadBalancerId: this.loadBalancerId,
      servicesId: this.servicesId,
      databaseId: this.databaseId,
    });
  }

  /** Another environment's group only gets a rule: it stays with whoever made it. */
  private databaseGroup(name: string, { database, vpcId }: SecurityGroupsArgs): pulumi.Output<string> | undefined {
    if (database?.mode === "reference") return pulumi.output(database.securityGroupId);
    return database === undefined ? undefined : this.makeGroup(name, "database", vpcId);
  }

  private makeGroup(name: string, group: Group, vpcId: pulumi.Input<string>): pulumi.Output<string> {
    const settings = { description: descriptions[group], vpcId };
    return new aws.ec2.SecurityGroup(`${name}-${words[group]}`, settings, { parent: this }).id;
  }

  private makeRule(name: string, rule: SecurityRule, ids: Ids, args: SecurityGroupsArgs): void {
    const securityGroupId = ids[rule.group];
    if (securityGroupId === undefined) return;
    const [preposition, Rule] =
      rule.direction === "ingress"
        ? (["from", aws.vpc.SecurityGroupIngressRule] as const)
        : (["to", aws.vpc.SecurityGroupEgressRule] as const);
    new Rule(
      // Named by what it lets through, so that a rule that comes or goes leaves the others alone.
      `${name}-${words[rule.group]}-${preposition}-${peerWord(rule.peer)}-${rule.port}`,
      {
        securityGroupId,
        description: rule.why,
        ipProtocol: "tcp",
        fromPort: rule.port,
        toPort: rule.port,
        ...peerSettings(rule.peer, ids, args),
      },
      { parent: this },
    );
  }
}

function databasePort(database: StackConfig["database"]): number | undefined {
  if (database?.mode === "reference") return database.port;
  return database === undefined ? undefined : postgresPort;
}

type Ids = Readonly<Record<Exclude<Group, "services">, pulumi.Output<string> | undefined>> & {
  readonly services: pulumi.Output<string>;
};

type PeerSettings = Pick<
  aws.vpc.SecurityGroupIngressRuleArgs,
  "cidrIpv4" | "prefixListId" | "referencedSecurityGroupId"
>;

function peerSettings(peer: Peer, ids: Ids, args: SecurityGroupsArgs): PeerSettings {
  switch (peer.kind) {
    case "group":
      return { referencedSecurityGroupId: ids[peer.group] };
    case "internet":
      return { cidrIpv4: "0.0.0.0/0" };
    case "vpc":
      return { cidrIpv4: args.vpcCidr };
    case "s3":
      return { prefixListId: args.s3PrefixListId };
    case "block":
      return { cidrIpv4: peer.cidr };
  }
}

function peerWord(peer: Peer): string {
  if (peer.kind === "group") return words[peer.group];
  return peer.kind === "block" ? peer.cidr.replace("/", "-") : peer.kind;
}
