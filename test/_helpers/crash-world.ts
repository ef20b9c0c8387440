import type { ServiceView, TargetView } from "../../automation/model/release/observed";
import type { StoppedTask } from "../../automation/ports/containers";
import { explainCrash } from "../../automation/release/explain";
import { FakeContainers } from "../_fakes/fake-containers";
import { FakeMetrics } from "../_fakes/fake-metrics";
import { FakeTraffic } from "../_fakes/fake-traffic";
import { aServicePlan } from "./a-service-plan";

export const deployment = "ecs-svc/2222";

type Container = StoppedTask["containers"][number];
export const container = (different: Partial<Container> = {}): Container => ({
  name: "web",
  exitCode: null,
  reason: "",
  logGroup: "/shop/web",
  logStream: "web/1",
  ...different,
});
export const stopped = (different: Partial<StoppedTask> = {}): StoppedTask => ({
  arn: "arn:task/1",
  startedBy: deployment,
  taskDefinition: "web:2",
  stoppedAt: "1970-01-01T00:02:00.000Z",
  stopCode: "TaskFailedToStart",
  stoppedReason: "",
  containers: [container()],
  ...different,
});
export const exited = (exitCode: number, reason = ""): StoppedTask =>
  stopped({
    stopCode: "EssentialContainerExited",
    stoppedReason: "Essential container in task exited",
    containers: [container({ exitCode, reason })],
  });
export const view = (
  messages: readonly (readonly [at: string, message: string])[],
  rolloutStateReason = "",
): ServiceView => ({
  serviceName: "web-green",
  status: "ACTIVE",
  taskDefinition: "web:2",
  desired: 2,
  running: 0,
  pending: 0,
  deployments: [
    {
      id: deployment,
      status: "PRIMARY",
      rolloutState: rolloutStateReason === "" ? "IN_PROGRESS" : "FAILED",
      rolloutStateReason,
      taskDefinition: "web:2",
      desired: 2,
      running: 0,
      pending: 0,
      failedTasks: 2,
      createdAt: "1970-01-01T00:01:00.000Z",
    },
  ],
  events: messages.map(([at, message]) => ({ at, message })),
});

export interface World {
  readonly tasks?: readonly StoppedTask[];
  readonly lines?: readonly string[];
  readonly targets?: readonly TargetView[];
  readonly service?: ServiceView;
}

export function world({ tasks = [], lines = [], targets = [], service = view([]) }: World): {
  readonly containers: FakeContainers;
  readonly metrics: FakeMetrics;
  readonly traffic: FakeTraffic;
} {
  const [containers, metrics, traffic] = [new FakeContainers(), new FakeMetrics(), new FakeTraffic()];
  containers.stopped.set("web-green", tasks);
  containers.services.set("web-green", service);
  metrics.lines.set("/shop/web web/1", lines);
  traffic.members.set("group-green", targets);
  return { containers, metrics, traffic };
}

export const explained = (of: World): ReturnType<typeof explainCrash> =>
  explainCrash(world(of), aServicePlan(), "green", deployment);
/** The line that says what it most likely is. */
export const meaning = async (of: World): Promise<string | undefined> => (await explained(of)).text.split("\n")[1];
