import { createServices, type RunningServices } from "../../../sandbox/ecs/services";
import type { DeploymentEvent, EcsService } from "../../../sandbox/ecs/model";
import { createShiftController } from "../../../sandbox/ecs/shifting/shift-controller";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import type { AlarmState } from "../../../sandbox/model/metrics";
import type { Answer, Caller, Input } from "../../../sandbox/model/service-api";
import { FakeMoto } from "../../_fakes/fake-moto";
import { FakeSandboxClock } from "../../_fakes/fake-sandbox-clock";
import { FakeTargets } from "../../_fakes/fake-targets";
import { FakeTasks } from "../../_fakes/fake-tasks";

export const caller: Caller = { account: "123456789012", region: "eu-central-1", accessKeyId: "SANDBOX123456789012" };
const arns = "arn:aws:ecs:eu-central-1:123456789012";
export const clusterArn = `${arns}:cluster/main`;
export const groups = {
  blue: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/blue/1",
  green: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/green/2",
  loose: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/loose/3",
};
export const definition = (revision: number): string => `${arns}:task-definition/web:${revision}`;
export const network = {
  awsvpcConfiguration: { subnets: ["subnet-a", "subnet-b"], securityGroups: ["sg-1"], assignPublicIp: "DISABLED" },
};
export const loadBalancer = { targetGroupArn: groups.blue, containerName: "web", containerPort: 8080 };

/** Clusters `main` and `other`, task definitions web:1 to web:5 of which the last is deregistered. */
const moto = (): FakeMoto =>
  new FakeMoto({
    "AmazonEC2ContainerServiceV20141113.DescribeClusters": ({ clusters }) => {
      const name = ((clusters as string[])[0] ?? "").split("/").at(-1) ?? "";
      if (!["main", "other", "default"].includes(name)) return { clusters: [], failures: [{ reason: "MISSING" }] };
      return { clusters: [{ clusterArn: `${arns}:cluster/${name}`, clusterName: name, status: "ACTIVE" }] };
    },
    "AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition": ({ taskDefinition }) => {
      const revision = Number(/web:(\d+)$/.exec(String(taskDefinition))?.[1]);
      if (!(revision >= 1 && revision <= 5))
        throw new AwsFault("ClientException", "Unable to describe task definition.");
      return {
        taskDefinition: {
          taskDefinitionArn: definition(revision),
          status: revision === 5 ? "INACTIVE" : "ACTIVE",
          networkMode: "awsvpc",
          requiresCompatibilities: ["FARGATE"],
          containerDefinitions: [
            { name: "web", image: `shop/web:${revision}`, portMappings: [{ containerPort: 8080 }] },
          ],
        },
        tags: [{ key: "team", value: "shop" }],
      };
    },
    "AmazonEC2ContainerServiceV20141113.ListTaskDefinitions": ({ familyPrefix }) => ({
      taskDefinitionArns: familyPrefix === "web" ? [1, 2, 3, 4].map(definition) : [],
    }),
    "AmazonEC2ContainerServiceV20141113.TagResource": () => ({}),
    "AmazonEC2ContainerServiceV20141113.ListTagsForResource": () => ({ tags: [{ key: "of", value: "moto" }] }),
  });

/** ECS services over fakes of everything around them. */
export class ServiceWorld {
  readonly clock = new FakeSandboxClock();
  readonly tasks = new FakeTasks(this.clock);
  readonly targets = new FakeTargets(this.clock, [groups.blue, groups.green], [groups.loose]);
  readonly moto = moto();
  readonly alarms: Record<string, AlarmState> = {};
  /** Scale-in protection by task. */
  readonly protection = new Map<string, Date>();
  readonly told: DeploymentEvent[] = [];
  readonly running: RunningServices = createServices({
    clock: this.clock,
    moto: this.moto,
    tasks: this.tasks,
    targets: this.targets,
    alarms: { state: (_scope, name) => this.alarms[name] },
    shifting: createShiftController({
      clock: this.clock,
      targets: this.targets,
      hooks: { call: async () => ({ hookStatus: "SUCCEEDED" }) },
    }),
    protectedUntil: (id) => this.protection.get(id),
    observer: { observe: (event) => void this.told.push(event), forget: () => undefined },
  });

  /** Deployments that there were, by the revision of their task definition. */
  private readonly names = new Map<string, string>();

  constructor() {
    this.running.services.onChange(({ deployments }) => {
      for (const { id, revision } of deployments) this.names.set(id, revision.taskDefinition.split(":").at(-1) ?? "");
    });
  }

  async call(operation: string, input: Input, who: Caller = caller): Promise<Answer> {
    const found = this.running.operations[operation];
    if (found?.kind !== "own") throw new Error(`${operation} is not answered here`);
    return found.answer(input, who);
  }

  /** A Fargate service `web` of one task, without a load balancer. */
  create(input: Input = {}): Promise<Answer> {
    return this.call("CreateService", {
      cluster: "main",
      serviceName: "web",
      taskDefinition: "web:1",
      desiredCount: 1,
      launchType: "FARGATE",
      networkConfiguration: network,
      ...input,
    });
  }

  update(input: Input): Promise<Answer> {
    return this.call("UpdateService", { cluster: "main", service: "web", ...input });
  }

  async describe(): Promise<Readonly<Record<string, unknown>>> {
    const { services } = await this.call("DescribeServices", { cluster: "main", services: ["web"], include: ["TAGS"] });
    return (services as Readonly<Record<string, unknown>>[])[0] ?? {};
  }

  get service(): EcsService {
    const found = this.running.services.get(caller, "main", "web");
    if (!found) throw new Error("no service");
    return found;
  }

  /** Messages, oldest first, with tasks by their number and deployments by their revision of the task definition. */
  get messages(): string[] {
    return [...this.service.events].reverse().map(({ message }) => this.short(message));
  }

  /** `PRIMARY web:2 IN_PROGRESS 1/2`: running and wanted. */
  get deployments(): string[] {
    return this.service.deployments.map(
      ({ status, revision, rolloutState, runningCount, desiredCount }) =>
        `${status} ${revision.taskDefinition.split("/")[1]} ${rolloutState} ${runningCount}/${desiredCount}`,
    );
  }

  private short(message: string): string {
    return [...this.names]
      .reduce((text, [id, name]) => text.replaceAll(id, `#${name}`), message)
      .replaceAll(/0{24,}([0-9a-f]+)/g, "$1")
      .replaceAll("(service web) ", "")
      .replaceAll(/arn:aws:elasticloadbalancing\S*targetgroup\/(\w+)\/\d/g, "$1");
  }

  /** Lets it get steady. */
  async settle(ms = 600_000): Promise<void> {
    await this.clock.advance(ms);
  }
}
