import type { SandboxClock } from "../../sandbox/model/clock";
import type { Scope } from "../../sandbox/model/scope";
import type { BeforeStop, Health, StopCode, TaskOrder, TaskStatus, Tasks, TaskView } from "../../sandbox/model/tasks";

/** How a task of the fake behaves; without any field it runs until somebody stops it. */
export interface FakeTaskPlan {
  /** Never gets RUNNING: `stoppedReason`. */
  readonly failsToStart?: string;
  /** Ends by itself this long after RUNNING. */
  readonly endsAfterMs?: number;
  /** How long it is still told as RUNNING after that. */
  readonly noticedAfterMs?: number;
  /** Has a container health check, which says this a while after RUNNING. */
  readonly health?: Health;
}

/** What takes how long, in milliseconds. */
const steps = {
  pending: 5_000,
  activating: 15_000,
  running: 20_000,
  health: 5_000,
  stopping: 5_000,
  deprovisioning: 10_000,
};

/** Tasks that go through their lives by the clock, and are otherwise as told. */
export class FakeTasks implements Tasks {
  /** Every order, in the order in which they came. */
  readonly orders: TaskOrder[] = [];
  private readonly tasks = new Map<string, TaskView>();
  private readonly listeners: ((task: TaskView) => void)[] = [];
  private readonly beforeStop: BeforeStop[] = [];

  constructor(
    private readonly clock: SandboxClock,
    /** Decides how each task behaves. */
    public plan: (order: TaskOrder, count: number) => FakeTaskPlan = () => ({}),
  ) {}

  start(order: TaskOrder): TaskView {
    const count = this.orders.push(order);
    const id = count.toString(16).padStart(32, "0");
    const plan = this.plan(order, count);
    this.put({ ...newTask(order, id, count, this.clock.now()), hasHealthCheck: plan.health !== undefined });
    this.later(id, steps.pending, () => this.move(id, "PENDING"));
    const { failsToStart } = plan;
    if (failsToStart !== undefined) {
      this.later(id, steps.activating, () => this.end(id, "TaskFailedToStart", failsToStart));
      return this.known(id);
    }
    this.later(id, steps.activating, () => this.move(id, "ACTIVATING", { ip: `127.0.0.${count}` }));
    this.later(id, steps.running, () => this.run(id, plan));
    return this.known(id);
  }

  stop(id: string, { code, text }: { readonly code: StopCode; readonly text: string }): void {
    const task = this.tasks.get(id);
    if (!task || task.desiredStatus === "STOPPED") return;
    this.end(id, code, text);
  }

  get(id: string): TaskView | undefined {
    return this.tasks.get(id);
  }

  list({ account, region }: Scope, filter: { readonly clusterArn?: string; readonly group?: string } = {}): TaskView[] {
    return [...this.tasks.values()].filter(
      (task) =>
        task.account === account &&
        task.region === region &&
        (filter.clusterArn === undefined || task.clusterArn === filter.clusterArn) &&
        (filter.group === undefined || task.group === filter.group),
    );
  }

  onChange(listener: (task: TaskView) => void): void {
    this.listeners.push(listener);
  }

  onDeactivating(listener: BeforeStop): void {
    this.beforeStop.push(listener);
  }

  /** All that are not on their way out. */
  alive(): TaskView[] {
    return [...this.tasks.values()].filter(({ desiredStatus }) => desiredStatus === "RUNNING");
  }

  /** What a container health check says from now on. */
  setHealth(id: string, health: Health): void {
    this.put({ ...this.known(id), health });
  }

  /** The program in it ends. */
  crash(id: string): void {
    this.end(id, "EssentialContainerExited", "Essential container in task exited");
  }

  private run(id: string, { endsAfterMs, noticedAfterMs = 0, health }: FakeTaskPlan): void {
    this.move(id, "RUNNING", { startedAt: this.clock.now() });
    if (endsAfterMs !== undefined) {
      this.later(id, endsAfterMs, () => this.put({ ...this.known(id), hasEssentialEnded: true }));
      this.later(id, endsAfterMs + noticedAfterMs, () => this.crash(id));
    }
    if (health !== undefined) this.later(id, steps.health, () => this.setHealth(id, health));
  }

  private end(id: string, stopCode: StopCode, stoppedReason: string): void {
    const task = this.known(id);
    const hasRun = task.lastStatus === "RUNNING";
    this.put({ ...task, desiredStatus: "STOPPED", stopCode, stoppedReason });
    void this.leave(id, hasRun);
  }

  private async leave(id: string, hasRun: boolean): Promise<void> {
    if (hasRun) {
      this.set(id, "DEACTIVATING");
      await Promise.all(this.beforeStop.map((listener) => listener(this.known(id))));
      this.set(id, "STOPPING");
      await this.pass(steps.stopping);
    }
    this.set(id, "DEPROVISIONING");
    await this.pass(steps.deprovisioning);
    this.set(id, "STOPPED", { stoppedAt: this.clock.now() });
  }

  private pass(ms: number): Promise<void> {
    return new Promise((resolve) => void this.clock.after(ms, resolve));
  }

  /** Done unless somebody wants it stopped by then. */
  private later(id: string, ms: number, work: () => void): void {
    this.clock.after(ms, () => {
      if (this.known(id).desiredStatus === "RUNNING") work();
    });
  }

  private move(id: string, lastStatus: TaskStatus, more: Partial<TaskView> = {}): void {
    this.set(id, lastStatus, more);
  }

  private set(id: string, lastStatus: TaskStatus, more: Partial<TaskView> = {}): void {
    this.put({ ...this.known(id), ...more, lastStatus });
  }

  private put(task: TaskView): void {
    this.tasks.set(task.id, task);
    for (const listener of this.listeners) listener(task);
  }

  private known(id: string): TaskView {
    const task = this.tasks.get(id);
    if (!task) throw new Error(`no task ${id}`);
    return task;
  }
}

function newTask(order: TaskOrder, id: string, count: number, createdAt: Date): TaskView {
  const cluster = order.clusterArn.split("/")[1] ?? "";
  return {
    account: order.account,
    region: order.region,
    id,
    arn: `arn:aws:ecs:${order.region}:${order.account}:task/${cluster}/${id}`,
    clusterArn: order.clusterArn,
    taskDefinitionArn: order.taskDefinitionArn,
    group: order.group,
    startedBy: order.startedBy,
    lastStatus: "PROVISIONING",
    desiredStatus: "RUNNING",
    health: "UNKNOWN",
    hasHealthCheck: false,
    ip: undefined,
    createdAt,
    startedAt: undefined,
    stoppedAt: undefined,
    stopCode: undefined,
    stoppedReason: undefined,
    zone: `${order.region}${"abc"[count % 3]}`,
    containers: [],
    use: { cpuPercent: 0, memoryPercent: 0 },
  };
}
