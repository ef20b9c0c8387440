import type { DeploymentView, ServiceView, TargetView } from "../../automation/model/release/observed";

/** How a version behaves once its tasks start. */
export type Behaviour =
  | "good"
  /** Its tasks end right after their start. */
  | "crashes"
  /** Its tasks end after a minute or so, again and again. */
  | "crashes-later"
  | "never-healthy"
  | "unhealthy-later"
  /** Its answers make an alarm fire. */
  | "alarms"
  | "fails-checks"
  /** Its answers are worse than the old version's; no alarm sees it. */
  | "worse";

interface Lifetime {
  /** Milliseconds after its start: healthy until then, and gone at the end. */
  readonly unhealthyAt: number;
  readonly endsAt: number;
}

const runsAt = 6_000;
const healthyAt = 14_000;
const drainMs = 8_000;
const forever: Lifetime = { unhealthyAt: Infinity, endsAt: Infinity };

const lifetimes: Readonly<Partial<Record<Behaviour, Lifetime>>> = {
  crashes: { unhealthyAt: Infinity, endsAt: 10_000 },
  "crashes-later": { unhealthyAt: Infinity, endsAt: 50_000 },
  "never-healthy": { unhealthyAt: 0, endsAt: 30_000 },
  "unhealthy-later": { unhealthyAt: 40_000, endsAt: 55_000 },
};

interface Deployment {
  readonly id: string;
  readonly taskDefinition: string;
  readonly createdAt: number;
  status: DeploymentView["status"];
  rolloutState: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  reason: string;
  /** When each task started. */
  tasks: number[];
  failedTasks: number;
}

/** Failed tasks after which ECS gives up; the default of a service with fewer than seven tasks. */
const breakerAt = 3;
const tickMs = 2_000;

/** One ECS service: deployments that progress with time, a circuit breaker that goes back, and its targets. */
export class FakeEcsService {
  desired: number;
  private deployments: Deployment[];
  private draining: number[] = [];
  private lastCompleted: string;
  private count = 0;
  private time: number;

  constructor(
    readonly name: string,
    taskDefinition: string,
    desired: number,
    now: number,
    private readonly behaviourOf: (taskDefinition: string) => Behaviour,
  ) {
    this.desired = desired;
    this.time = now;
    this.lastCompleted = taskDefinition;
    const tasks = Array.from({ length: desired }, () => now - healthyAt);
    this.deployments = [{ ...this.fresh(taskDefinition), rolloutState: "COMPLETED", tasks }];
  }

  get primary(): Deployment {
    const found = this.deployments.find(({ status }) => status === "PRIMARY");
    if (found === undefined) throw new Error(`${this.name} has no PRIMARY`);
    return found;
  }

  /** Points the service at a task definition, or starts its tasks anew. */
  deploy(taskDefinition = this.primary.taskDefinition, reason = ""): Deployment {
    for (const deployment of this.deployments) deployment.status = "ACTIVE";
    const next = { ...this.fresh(taskDefinition), reason };
    this.deployments.unshift(next);
    return next;
  }

  advance(now: number): void {
    while (this.time + tickMs <= now) {
      this.time += tickMs;
      this.tick();
    }
  }

  view(): ServiceView {
    const deployments = this.deployments.map((deployment) => this.deploymentView(deployment));
    const sum = (part: (view: DeploymentView) => number): number =>
      deployments.reduce((total, view) => total + part(view), 0);
    return {
      serviceName: this.name,
      status: "ACTIVE",
      taskDefinition: this.primary.taskDefinition,
      desired: this.desired,
      running: sum(({ running }) => running),
      pending: sum(({ pending }) => pending),
      deployments,
      events: [],
    };
  }

  targets(): readonly TargetView[] {
    const those = this.deployments.flatMap(({ id, taskDefinition, tasks }) =>
      tasks
        .filter((start) => this.time >= start + runsAt)
        .map((start, index): TargetView => {
          const state = this.stateOf(taskDefinition, this.time - start);
          return { id: `${id}/${index}`, state, reason: state === "unhealthy" ? "Target.Timeout" : "" };
        }),
    );
    const leaving = this.draining.map((_, index): TargetView => ({
      id: `old/${index}`,
      state: "draining",
      reason: "",
    }));
    return [...those, ...leaving];
  }

  /** Tasks of this task definition that answer. */
  answering(taskDefinition: string): number {
    return this.deployments
      .filter((deployment) => deployment.taskDefinition === taskDefinition)
      .flatMap(({ tasks }) => tasks)
      .filter((start) => this.stateOf(taskDefinition, this.time - start) === "healthy").length;
  }

  private tick(): void {
    this.draining = this.draining.filter((since) => this.time - since < drainMs);
    for (const deployment of this.deployments) this.endTasks(deployment);
    this.breakCircuit();
    const { primary } = this;
    while (primary.tasks.length < this.desired) primary.tasks.push(this.time);
    while (primary.tasks.length > this.desired) this.drain(primary.tasks.pop());
    if (primary.rolloutState === "IN_PROGRESS" && this.isComplete(primary)) this.complete(primary);
  }

  /** What ends by itself is counted, and started again where it is wanted. */
  private endTasks(deployment: Deployment): void {
    const { endsAt } = this.lifetime(deployment.taskDefinition);
    const left = deployment.tasks.filter((start) => this.time < start + endsAt);
    deployment.failedTasks += deployment.tasks.length - left.length;
    deployment.tasks = left;
  }

  private breakCircuit(): void {
    const { primary } = this;
    if (primary.rolloutState !== "IN_PROGRESS" || primary.failedTasks < breakerAt) return;
    primary.rolloutState = "FAILED";
    primary.tasks.splice(0).forEach((start) => this.drain(start));
    const old = this.deployments.find(
      ({ status, taskDefinition }) => status === "ACTIVE" && taskDefinition === this.lastCompleted,
    );
    const next = this.deploy(this.lastCompleted, "ECS deployment circuit breaker: rolling back");
    next.tasks = old?.tasks.splice(0) ?? [];
  }

  private isComplete({ taskDefinition, tasks }: Deployment): boolean {
    return (
      tasks.length === this.desired &&
      tasks.every((start) => this.stateOf(taskDefinition, this.time - start) === "healthy")
    );
  }

  private complete(primary: Deployment): void {
    primary.rolloutState = "COMPLETED";
    this.lastCompleted = primary.taskDefinition;
    for (const { tasks } of this.deployments.filter((deployment) => deployment !== primary))
      tasks.forEach((start) => this.drain(start));
    this.deployments = [primary];
  }

  private drain(start: number | undefined): void {
    if (start !== undefined && this.time >= start + runsAt) this.draining.push(this.time);
  }

  private stateOf(taskDefinition: string, age: number): "initial" | "healthy" | "unhealthy" {
    if (age < healthyAt) return "initial";
    return age >= this.lifetime(taskDefinition).unhealthyAt ? "unhealthy" : "healthy";
  }

  private lifetime(taskDefinition: string): Lifetime {
    return lifetimes[this.behaviourOf(taskDefinition)] ?? forever;
  }

  private fresh(taskDefinition: string): Deployment {
    return {
      id: `ecs-svc/${this.name}-${++this.count}`,
      taskDefinition,
      createdAt: this.time,
      status: "PRIMARY",
      rolloutState: "IN_PROGRESS",
      reason: "",
      tasks: [],
      failedTasks: 0,
    };
  }

  private deploymentView({ tasks, reason, createdAt, ...deployment }: Deployment): DeploymentView {
    const running = tasks.filter((start) => this.time >= start + runsAt).length;
    return {
      ...deployment,
      rolloutStateReason: reason,
      desired: deployment.status === "PRIMARY" ? this.desired : tasks.length,
      running,
      pending: tasks.length - running,
      createdAt: new Date(createdAt).toISOString(),
    };
  }
}
