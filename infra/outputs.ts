import type { Releases, Slot } from "./releases";

/** Every stack output and what it says. A name in here is a contract: documents and scripts read it. */
export const outputDescriptions = {
  stackName: "Physical name of the environment, kept for the stack's life.",
  releases: "What each service runs: images by slot, the live slot and the split of traffic.",
  VpcId: "The VPC, made or adopted.",
  LoadBalancerDNS: "DNS name of the load balancer.",
  TestListenerUrl: "URL of the listener that reaches each slot by the header `x-slipway-slot`.",
  AlbSecurityGroupId: "Security group of the load balancer.",
  EcsSecurityGroupId: "Security group of the services' tasks.",
  DbSecurityGroupId: "Security group of the database.",
  TargetGroupArn: "Live target group of the container that gets all requests no rule matches, or else of the first.",
  TargetGroupArns: "Target groups by service, container and slot.",
  DbInstanceId: "Identifier of the RDS instance.",
  DbEndpoint: "Host name of the database, without the port.",
  DbPort: "Port of the database.",
  DbName: "Name of the database inside the instance.",
  DbSecretArn: "Secret with the fields host, port, database, username and password.",
  ClusterName: "ECS cluster.",
  ServiceName: "ECS service of the live slot, when the environment has a single service.",
  ServiceNames: "ECS services by service and slot.",
  SpotServices: "Services that run on Fargate Spot or once did: each of their updates starts a new deployment.",
  DnsName: "Name that clients use, whichever colour is active.",
  DnsOwnName: "Name of this colour alone.",
  DnsZoneId: "Hosted zone of both names.",
  DnsColour: "Which of the two environments of the name this is.",
  NativeServices: "Services whose traffic ECS itself shifts: the split of their rules is its own.",
  AlarmTopicArn: "Topic that every alarm tells.",
  AlarmNames: "All alarms of the environment.",
  ReleaseAlarmNames: "By service, the alarms that must be silent for its release to go on.",
} as const;

export type OutputName = keyof typeof outputDescriptions;

/** By service and slot. */
type BySlot<T> = Readonly<Record<string, Readonly<Partial<Record<Slot, T>>>>>;

/** Values as they are read back from a deployed stack. What an environment does not have is absent. */
export interface StackOutputs {
  readonly stackName: string;
  readonly releases: Releases;
  readonly VpcId: string;
  readonly LoadBalancerDNS?: string;
  readonly TestListenerUrl?: string;
  readonly AlbSecurityGroupId?: string;
  readonly EcsSecurityGroupId: string;
  readonly DbSecurityGroupId?: string;
  readonly TargetGroupArn?: string;
  readonly TargetGroupArns?: Readonly<Record<string, BySlot<string>>>;
  readonly DbInstanceId?: string;
  readonly DbEndpoint?: string;
  readonly DbPort?: number;
  readonly DbName?: string;
  readonly DbSecretArn?: string;
  readonly ClusterName: string;
  readonly ServiceName?: string;
  readonly ServiceNames: BySlot<string>;
  readonly SpotServices?: readonly string[];
  readonly DnsName?: string;
  readonly DnsOwnName?: string;
  readonly DnsZoneId?: string;
  readonly DnsColour?: Slot;
  readonly NativeServices?: readonly string[];
  readonly AlarmTopicArn?: string;
  readonly AlarmNames?: readonly string[];
  readonly ReleaseAlarmNames?: Readonly<Record<string, readonly string[]>>;
}

/** Output with the URL of a service behind the load balancer: `customer-portal` gives `CustomerPortalEndpoint`. */
export function endpointOutputName(service: string): `${string}Endpoint` {
  const words = service.split("-").map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  return `${words.join("")}Endpoint`;
}
