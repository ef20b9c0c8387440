import type { Answer } from "../../model/service-api";
import type { RevisionRecord } from "./model";

/** As DescribeServiceRevisions has it. */
export function tellRevision({ revision, serviceArn, clusterArn, digests }: RevisionRecord): Answer {
  const { capacityProviderStrategy, loadBalancers, serviceRegistries, passive, containers, targetGroups } = revision;
  return {
    serviceRevisionArn: revision.arn,
    serviceArn,
    clusterArn,
    taskDefinition: revision.taskDefinition,
    ...(capacityProviderStrategy?.length ? { capacityProviderStrategy } : { launchType: revision.launchType }),
    platformVersion: revision.platformVersion,
    platformFamily: "Linux",
    networkConfiguration: revision.networkConfiguration,
    loadBalancers: loadBalancers.length > 0 ? loadBalancers : undefined,
    serviceRegistries: serviceRegistries.length > 0 ? serviceRegistries : undefined,
    containerImages: containers.map(({ name, image }) => ({
      containerName: name,
      image,
      imageDigest: digestIn(image) ?? digests[name],
    })),
    guardDutyEnabled: false,
    ...passive,
    serviceConnectConfiguration: passive.serviceConnectConfiguration ?? { enabled: false },
    createdAt: revision.createdAt,
    resolvedConfiguration:
      loadBalancers.length > 0
        ? {
            loadBalancers: loadBalancers.map(({ targetGroupArn, advancedConfiguration }, index) => ({
              targetGroupArn: targetGroups[index] ?? targetGroupArn,
              productionListenerRule: advancedConfiguration?.productionListenerRule,
            })),
          }
        : undefined,
  };
}

const digestIn = (image: string): string | undefined => image.split("@")[1];
