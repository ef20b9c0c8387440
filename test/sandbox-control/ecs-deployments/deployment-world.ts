import { createDeploymentRecords } from "../../../sandbox/ecs/deployments/deployment-records";
import type {
  DeploymentEvent,
  EcsService,
  Monitors,
  RevisionCounts,
  ServiceRevision,
} from "../../../sandbox/ecs/model";
import type { HookRun } from "../../../sandbox/ecs/shifting/model";
import type { Answer, Caller, Input } from "../../../sandbox/model/service-api";
import type { TaskView } from "../../../sandbox/model/tasks";
import { FakeMoto } from "../../_fakes/fake-moto";
import { FakeSandboxClock } from "../../_fakes/fake-sandbox-clock";

export const caller: Caller = { account: "123456789012", region: "eu-central-1", accessKeyId: "AKIA" };

const prefix = "arn:aws:ecs:eu-central-1:123456789012";
export const serviceArn = `${prefix}:service/main/web`;
export const clusterArn = `${prefix}:cluster/main`;

export const deploymentArn = (name: string): string => `${prefix}:service-deployment/main/web/${name}`;
export const revisionArn = (id: string): string => `${prefix}:service-revision/main/web/${id}`;

export const revision = (id: string, changes: Partial<ServiceRevision> = {}): ServiceRevision => ({
  id,
  arn: revisionArn(id),
  createdAt: new Date("2026-01-01T00:00:00Z"),
  taskDefinition: `${prefix}:task-definition/web:${id}`,
  launchType: "FARGATE",
  platformVersion: "1.4.0",
  loadBalancers: [],
  targetGroups: [],
  serviceRegistries: [],
  passive: {},
  containers: [{ name: "web", image: "shop/web:1.4.2" }],
  ...changes,
});

/** The configuration of AWS' own sample. */
const configuration = {
  strategy: "ROLLING",
  maximumPercent: 200,
  minimumHealthyPercent: 100,
  bakeTimeInMinutes: 0,
  deploymentCircuitBreaker: {
    enable: true,
    rollback: true,
    resetOnHealthyTask: true,
    thresholdConfiguration: { type: "BOUNDED_PERCENT", value: 50 },
  },
  alarms: { alarmNames: [], enable: false, rollback: false },
} as const;

export const deployment = (id: string, changes: Partial<EcsService["deployments"][number]> = {}) => ({
  id: `ecs-svc/${id}`,
  status: "PRIMARY" as const,
  revision: revision(id),
  desiredCount: 1,
  failedTasks: 0,
  createdAt: new Date("2026-01-01T00:00:00Z"),
  updatedAt: new Date("2026-01-01T00:00:00Z"),
  rolloutState: "IN_PROGRESS" as const,
  rolloutStateReason: "",
  serviceDeploymentArn: deploymentArn("first"),
  runningCount: 0,
  pendingCount: 1,
  ...changes,
});

export const service = (changes: Partial<EcsService> = {}): EcsService => ({
  account: caller.account,
  region: caller.region,
  arn: serviceArn,
  name: "web",
  clusterArn,
  clusterName: "main",
  status: "ACTIVE",
  desiredCount: 1,
  runningCount: 1,
  pendingCount: 0,
  deploymentConfiguration: configuration,
  deploymentController: "ECS",
  healthCheckGracePeriodSeconds: undefined,
  deployments: [deployment("1")],
  events: [],
  revision: revision("1"),
  createdAt: new Date("2026-01-01T00:00:00Z"),
  tags: [],
  ...changes,
});

export const monitors: Monitors = {
  circuitBreaker: { status: "MONITORING", failureCount: 0, threshold: 3 },
  alarms: { status: "DISABLED", alarmNames: [], triggeredAlarmNames: [] },
};

export const counts = (id: string, changes: Partial<RevisionCounts> = {}): RevisionCounts => ({
  arn: revisionArn(id),
  requested: 1,
  running: 0,
  pending: 1,
  ...changes,
});

type Happening = DeploymentEvent extends infer Event ? (Event extends { kind: infer Kind } ? Kind : never) : never;

export function setUp() {
  const clock = new FakeSandboxClock();
  const state: { service: EcsService | undefined; stops: string[]; hooks: HookRun[]; tasks: Partial<TaskView>[] } = {
    service: service(),
    stops: [],
    hooks: [],
    tasks: [],
  };
  const answers: { stop: "taken" | "ended" | "unknown"; continue: "done" | "not-waiting" } = {
    stop: "taken",
    continue: "done",
  };
  const moto = new FakeMoto({
    "AmazonEC2ContainerServiceV20141113.DescribeClusters": ({ clusters }) => ({
      clusters: (clusters as readonly string[]).filter((name) => name === "main"),
    }),
  });
  const { observer, operations } = createDeploymentRecords({
    clock,
    moto,
    tasks: { list: () => state.tasks as TaskView[] },
    services: () => ({
      get: (_scope, cluster, name) =>
        ["main", clusterArn].includes(cluster) && ["web", serviceArn].includes(name) ? state.service : undefined,
      stop: (arn, type) => {
        state.stops.push(`${type} ${arn}`);
        return answers.stop;
      },
    }),
    shifts: { hooks: () => state.hooks, continue: () => answers.continue },
  });
  const tell = (name: string, event: { readonly kind: Happening } & Readonly<Record<string, unknown>>): void =>
    observer.observe({
      at: clock.now(),
      serviceDeploymentArn: deploymentArn(name),
      service: state.service ?? service(),
      target: counts("1"),
      sources: [],
      monitors,
      ...event,
    } as DeploymentEvent);
  const ask = async (operation: string, input: Input, as: Caller = caller): Promise<Answer> => {
    const own = operations[operation];
    if (own?.kind !== "own") throw new Error(`${operation} is not ours`);
    return own.answer(input, as);
  };
  /** The one that is described. */
  const describe = async (name: string): Promise<Answer> => {
    const { serviceDeployments } = await ask("DescribeServiceDeployments", {
      serviceDeploymentArns: [deploymentArn(name)],
    });
    return (serviceDeployments as readonly Answer[])[0] ?? {};
  };
  return { clock, state, answers, moto, observer, tell, ask, describe };
}
