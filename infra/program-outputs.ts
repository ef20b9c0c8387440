import type * as pulumi from "@pulumi/pulumi";
import type { Alarms } from "./alarms/alarms";
import type { Watchable } from "./alarms/watched";
import type { LoadBalancerConfig } from "./config/schema";
import { endpointUrl, testListenerUrl } from "./load-balancer/endpoint";
import { attachmentsOf, isFallback, type Attachment } from "./load-balancer/routes";
import type { ColourRecords } from "./dns/colour-records";
import type { Network } from "./network/network";
import type { SecurityGroups } from "./network/security-groups";
import { endpointOutputName, type OutputName } from "./outputs";
import { nativeServices, type Releases, type Slot } from "./releases";

/** Everything that the outputs are taken from. */
export interface Environment extends Watchable {
  readonly releases: Releases;
  readonly spotServices: readonly string[];
  readonly network: Network;
  readonly securityGroups: SecurityGroups;
  readonly dns: ColourRecords | undefined;
  readonly alarms: Alarms | undefined;
}

/** The stack's outputs by their documented names; what the environment does not have is left out. */
export function outputsOf(environment: Environment): Record<string, unknown> {
  const { network, securityGroups, database, cluster, alarms } = environment;
  const outputs: Record<OutputName, unknown> = {
    stackName: environment.names.stack,
    releases: environment.releases,
    VpcId: network.vpcId,
    AlbSecurityGroupId: securityGroups.loadBalancerId,
    EcsSecurityGroupId: securityGroups.servicesId,
    DbSecurityGroupId: securityGroups.databaseId,
    DbInstanceId: database?.instanceId,
    DbEndpoint: database?.endpoint,
    DbPort: database?.port,
    DbName: database?.databaseName,
    DbSecretArn: database?.secretArn,
    ClusterName: cluster.clusterName,
    SpotServices: nonEmpty(environment.spotServices),
    NativeServices: nonEmpty(nativeServices(environment.config)),
    ...serviceOutputs(environment),
    ...loadBalancerOutputs(environment),
    DnsName: environment.dns?.recordName,
    DnsOwnName: environment.dns?.ownName,
    DnsZoneId: environment.dns === undefined ? undefined : environment.config.dns?.zoneId,
    DnsColour: environment.dns === undefined ? undefined : environment.config.dns?.colour,
    AlarmTopicArn: alarms?.topicArn,
    AlarmNames: alarms?.alarmNames,
    ReleaseAlarmNames: alarms?.releaseAlarmNames,
  };
  const all = { ...outputs, ...endpointOutputs(environment) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function serviceOutputs({ services, releases }: Environment): Record<"ServiceName" | "ServiceNames", unknown> {
  const [only, ...others] = Object.keys(services);
  const single =
    only === undefined || others.length > 0 ? undefined : services[only]?.serviceNames[liveSlot(releases, only)];
  return {
    ServiceName: single,
    ServiceNames: Object.fromEntries(Object.entries(services).map(([name, { serviceNames }]) => [name, serviceNames])),
  };
}

type LoadBalancerOutput = "LoadBalancerDNS" | "TestListenerUrl" | "TargetGroupArn" | "TargetGroupArns";

function loadBalancerOutputs({ config, loadBalancer, releases }: Environment): Record<LoadBalancerOutput, unknown> {
  const groups = loadBalancer?.targetGroups ?? {};
  const arnOf = ({ service, container }: Attachment): pulumi.Output<string> | undefined =>
    groups[service]?.[container]?.[liveSlot(releases, service)]?.arn;
  const first = firstChoice(attachmentsOf(config.services));
  return {
    LoadBalancerDNS: loadBalancer?.dnsName,
    TestListenerUrl: testUrl(config.loadBalancer, loadBalancer?.dnsName),
    TargetGroupArn: first === undefined ? undefined : arnOf(first),
    TargetGroupArns:
      loadBalancer === undefined
        ? undefined
        : mapped(groups, (containers) => mapped(containers, (slots) => mapped(slots, ({ arn }) => arn))),
  };
}

/** Left out as a whole without a test listener: an output whose value is undefined would still be one. */
const testUrl = (
  settings: LoadBalancerConfig | undefined,
  dnsName: pulumi.Output<string> | undefined,
): pulumi.Output<string | undefined> | undefined =>
  settings?.test === undefined ? undefined : dnsName?.apply((dns) => testListenerUrl(settings, dns));

const nonEmpty = (names: readonly string[]): readonly string[] | undefined => (names.length === 0 ? undefined : names);

function endpointOutputs({ config, loadBalancer }: Environment): Record<string, pulumi.Output<string>> {
  const settings = config.loadBalancer;
  if (loadBalancer === undefined || settings === undefined) return {};
  const attachments = attachmentsOf(config.services);
  const endpoints = Object.keys(config.services).flatMap((name) => {
    const chosen = firstChoice(attachments.filter(({ service }) => service === name));
    if (chosen === undefined) return [];
    return [
      [endpointOutputName(name), loadBalancer.dnsName.apply((dns) => endpointUrl(chosen, settings, dns))] as const,
    ];
  });
  return Object.fromEntries(endpoints);
}

/** The attachment that stands for all of them: the one without conditions, or else the first. */
const firstChoice = (attachments: readonly Attachment[]): Attachment | undefined =>
  attachments.find(isFallback) ?? attachments[0];

const liveSlot = (releases: Releases, service: string): Slot => releases[service]?.live ?? "blue";

function mapped<T, R>(values: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
