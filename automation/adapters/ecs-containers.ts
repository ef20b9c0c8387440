import type { ContainerDefinition, Task } from "@aws-sdk/client-ecs";
import type { CloudError } from "../model/cloud-error";
import type { Containers, ServiceRef, TaskDefinitionView } from "../ports/containers";
import { clientConfig, inParts, lazily, type AwsOptions } from "./aws-clients";
import { calling } from "./cloud-errors";
import { byStop, deploymentView, serviceView, stoppedTask, taskDefinitionView } from "./ecs-views";

/** DescribeServices takes ten names, DescribeTasks a hundred ARNs (API reference). */
const servicesACall = 10;
const tasksACall = 100;

/** Amazon ECS by its API. */
export function ecsContainers(options: AwsOptions): Containers {
  const open = lazily(async () => {
    const sdk = await import("@aws-sdk/client-ecs");
    return { sdk, client: new sdk.ECSClient(clientConfig(options)) };
  });
  /** What a task definition says never changes, its status apart. */
  const definitions = new Map<string, Promise<readonly ContainerDefinition[]>>();

  const update = async ({ cluster, serviceName }: ServiceRef, change: object) => {
    const { sdk, client } = await open();
    return calling("ecs:UpdateService", () =>
      client.send(new sdk.UpdateServiceCommand({ cluster, service: serviceName, ...change })),
    );
  };
  const stopped = async ({ cluster, serviceName }: ServiceRef): Promise<readonly Task[]> => {
    const { sdk, client } = await open();
    const arns = await calling("ecs:ListTasks", async () => {
      const found: string[] = [];
      const pages = sdk.paginateListTasks({ client }, { cluster, serviceName, desiredStatus: "STOPPED" });
      for await (const { taskArns = [] } of pages) found.push(...taskArns);
      return found;
    });
    const parts = inParts(arns, tasksACall).map((tasks) =>
      calling("ecs:DescribeTasks", () => client.send(new sdk.DescribeTasksCommand({ cluster, tasks: [...tasks] }))),
    );
    return (await Promise.all(parts)).flatMap(({ tasks = [] }) => tasks);
  };
  const described = async (name: string) => {
    const { sdk, client } = await open();
    return calling("ecs:DescribeTaskDefinition", () =>
      client.send(new sdk.DescribeTaskDefinitionCommand({ taskDefinition: name, include: ["TAGS"] })),
    ).catch((error: unknown) => {
      if (isNoDefinition(error as CloudError)) return undefined;
      throw error;
    });
  };
  const containersOf = (definition: string): Promise<readonly ContainerDefinition[]> => {
    const known = definitions.get(definition);
    if (known !== undefined) return known;
    const asked = described(definition).then((answer) => answer?.taskDefinition?.containerDefinitions ?? []);
    definitions.set(definition, asked);
    asked.catch(() => definitions.delete(definition));
    return asked;
  };
  const familiesOf = async (familyPrefix: string): Promise<readonly string[]> => {
    const { sdk, client } = await open();
    return calling("ecs:ListTaskDefinitionFamilies", async () => {
      const found: string[] = [];
      const pages = sdk.paginateListTaskDefinitionFamilies({ client }, { familyPrefix, status: "ACTIVE" });
      for await (const { families = [] } of pages) found.push(...families);
      return found;
    });
  };
  const revisionsOf = async (family: string, limit: number): Promise<readonly string[]> => {
    const { sdk, client } = await open();
    return calling("ecs:ListTaskDefinitions", async () => {
      const found: string[] = [];
      const pages = sdk.paginateListTaskDefinitions({ client }, { familyPrefix: family, sort: "DESC" });
      for await (const { taskDefinitionArns = [] } of pages) {
        found.push(...taskDefinitionArns.filter((arn) => familyOf(arn) === family));
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    });
  };

  return {
    async describe(cluster, serviceNames) {
      const { sdk, client } = await open();
      const parts = inParts(serviceNames, servicesACall).map((services) =>
        calling("ecs:DescribeServices", () =>
          client.send(new sdk.DescribeServicesCommand({ cluster, services: [...services] })),
        ),
      );
      return (await Promise.all(parts)).flatMap(({ services = [] }) => services.map(serviceView));
    },
    async setCount(service, count) {
      await update(service, { desiredCount: count });
    },
    async pointAt(service, taskDefinition) {
      await update(service, { taskDefinition });
    },
    async forceDeployment(service) {
      const answer = await update(service, { forceNewDeployment: true });
      const deployments = (answer.service?.deployments ?? []).map(deploymentView);
      const primary = deployments.find(({ status }) => status === "PRIMARY");
      if (primary === undefined) throw new Error(`ecs:UpdateService answered without a deployment.`);
      return primary;
    },
    async stoppedTasks(service, limit, deploymentId) {
      const tasks = await stopped(service);
      const wanted = byStop(tasks)
        .filter(({ startedBy }) => deploymentId === undefined || startedBy === deploymentId)
        .slice(0, limit);
      return Promise.all(
        wanted.map(async (task) => stoppedTask(task, await containersOf(task.taskDefinitionArn ?? ""))),
      );
    },
    async taskDefinition(name): Promise<TaskDefinitionView | undefined> {
      const answer = await described(name);
      return answer === undefined ? undefined : taskDefinitionView(answer);
    },
    async taskDefinitions(familyPrefix, limit) {
      const families = await familiesOf(familyPrefix);
      // A full name is that family only, though others may begin with it.
      if (families.includes(familyPrefix)) return revisionsOf(familyPrefix, limit);
      const lists = await Promise.all(families.map((family) => revisionsOf(family, limit)));
      if (lists.length <= 1) return lists.flat();
      const dated = await Promise.all(
        lists.flat().map(async (arn) => ({ arn, at: (await described(arn))?.taskDefinition?.registeredAt?.getTime() })),
      );
      return dated
        .sort((one, other) => (other.at ?? 0) - (one.at ?? 0))
        .map(({ arn }) => arn)
        .slice(0, limit);
    },
  };
}

/** ECS has no code of its own for it (API DescribeTaskDefinition). */
const isNoDefinition = ({ code, message }: CloudError): boolean =>
  code === "ClientException" && message.includes("Unable to describe task definition");

const familyOf = (arn: string): string | undefined => /task-definition\/(.+):\d+$/.exec(arn)?.[1];
