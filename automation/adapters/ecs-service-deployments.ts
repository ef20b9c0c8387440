import type { NativeDeployment } from "../model/release/native";
import type { ServiceDeployments } from "../ports/service-deployments";
import { clientConfig, lazily, type AwsOptions } from "./aws-clients";
import { calling } from "./cloud-errors";
import { nativeDeployment } from "./ecs-deployment-views";

/** Service deployments of Amazon ECS by its API. */
export function ecsServiceDeployments(options: AwsOptions): ServiceDeployments {
  const open = lazily(async () => {
    const sdk = await import("@aws-sdk/client-ecs");
    return { sdk, client: new sdk.ECSClient(clientConfig(options)) };
  });
  const describe = async (arn: string): Promise<NativeDeployment | undefined> => {
    const { sdk, client } = await open();
    const { serviceDeployments: [found] = [] } = await calling("ecs:DescribeServiceDeployments", () =>
      client.send(new sdk.DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] })),
    );
    return found === undefined ? undefined : nativeDeployment(found);
  };

  return {
    describe,
    async newest({ cluster, serviceName }) {
      const { sdk, client } = await open();
      const { serviceDeployments = [] } = await calling("ecs:ListServiceDeployments", () =>
        client.send(new sdk.ListServiceDeploymentsCommand({ cluster, service: serviceName })),
      );
      // The page is told newest first, which the API reference does not promise.
      const [first] = serviceDeployments.toSorted((one, other) => timeOf(other.createdAt) - timeOf(one.createdAt));
      return first?.serviceDeploymentArn === undefined ? undefined : describe(first.serviceDeploymentArn);
    },
    async taskDefinitionOf(revisionArn) {
      const { sdk, client } = await open();
      const { serviceRevisions: [found] = [] } = await calling("ecs:DescribeServiceRevisions", () =>
        client.send(new sdk.DescribeServiceRevisionsCommand({ serviceRevisionArns: [revisionArn] })),
      );
      return found?.taskDefinition;
    },
    async continue(arn, hookId) {
      const { sdk, client } = await open();
      await calling("ecs:ContinueServiceDeployment", () =>
        client.send(
          new sdk.ContinueServiceDeploymentCommand({ serviceDeploymentArn: arn, hookId, action: "CONTINUE" }),
        ),
      );
    },
    async rollBack(arn) {
      const { sdk, client } = await open();
      await calling("ecs:StopServiceDeployment", () =>
        client.send(new sdk.StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: "ROLLBACK" })),
      );
    },
  };
}

const timeOf = (date: Date | undefined): number => date?.getTime() ?? 0;
