import type * as pulumi from "@pulumi/pulumi";
import type { StackConfig } from "../config/schema";
import type { DatabaseValues } from "../database/reference";
import type { LoadBalancer } from "../load-balancer/load-balancer";
import { attachmentName, attachmentsOf } from "../load-balancer/routes";
import type { Names } from "../naming";
import { slotsOf } from "../releases";
import type { Cluster } from "../service/cluster";
import type { FargateService } from "../service/service";
import { suffixOf } from "../service/slots";
import type { Watched } from "./plan";

type Input = pulumi.Input<string>;

/** The parts of an environment that alarms can watch. */
export interface Watchable {
  readonly config: StackConfig;
  readonly names: Names;
  readonly cluster: Cluster;
  readonly services: Readonly<Record<string, FargateService>>;
  readonly loadBalancer: LoadBalancer | undefined;
  readonly database: DatabaseValues | undefined;
}

/** Everything in an environment that alarms can watch, with its CloudWatch dimensions. */
export function watchedBy(parts: Watchable): readonly Watched<Input>[] {
  return [...watchedLoadBalancer(parts), ...watchedServices(parts), ...watchedDatabase(parts)];
}

function watchedLoadBalancer({ config, loadBalancer }: Watchable): Watched<Input>[] {
  if (loadBalancer === undefined) return [];
  const LoadBalancer = loadBalancer.arnSuffix;
  const attachments = attachmentsOf(config.services);
  const served = [...new Set(attachments.map(({ service }) => service))];
  const groups = attachments.map((attachment): Watched<Input> => {
    const bySlot = Object.entries(loadBalancer.targetGroups[attachment.service]?.[attachment.container] ?? {});
    return {
      scope: "targetGroup",
      name: attachmentName(attachment),
      services: [attachment.service],
      slots: bySlot.map(([slot, { arnSuffix }]) => ({
        suffix: slot === "green" ? "-green" : "",
        dimensions: { LoadBalancer, TargetGroup: arnSuffix },
      })),
    };
  });
  const slots = [{ suffix: "", dimensions: { LoadBalancer } }] as const;
  return [{ scope: "loadBalancer", name: "", services: served, slots }, ...groups];
}

function watchedServices({ config, names, cluster, services }: Watchable): Watched<Input>[] {
  return Object.entries(config.services).map(([name, service]) => ({
    scope: "service",
    name,
    services: [name],
    slots: slotsOf(service).map((slot) => ({
      suffix: suffixOf(slot),
      dimensions: {
        ClusterName: cluster.clusterName,
        // One that this run does not declare has its name all the same.
        ServiceName: services[name]?.serviceNames[slot] ?? names.service(name, slot),
      },
    })),
  }));
}

function watchedDatabase({ database }: Watchable): Watched<Input>[] {
  if (database === undefined) return [];
  const dimensions = { DBInstanceIdentifier: database.instanceId };
  return [{ scope: "database", name: "", services: [], slots: [{ suffix: "", dimensions }] }];
}
