import type { StopCode, TaskOrder, TaskView } from "../../model/tasks";
import { pullImages, readSecrets } from "../checks/preparation";
import { failedToStart, type StartFailure } from "../checks/start-failure";
import type { TaskDefinition } from "../definition";
import { attachmentOf, newContainers } from "../life/new-task";
import { next, type TaskEvent } from "../life/next";
import type { TaskState } from "../life/task-state";
import { taskTimes } from "../life/timings";
import { withOverrides } from "../overrides";
import { Containers } from "./containers";
import { viewOf } from "./view";
import { traitsOf, type TaskCore, type World } from "./world";

/** Addresses that are tried before a task takes one whose ports something else on this machine has. */
const addressTries = 8;

/** Leads one task through its life. */
export class TaskRun implements TaskCore {
  private containers: Containers | undefined;
  private isEnding = false;
  private wake: () => void = () => undefined;
  private lastView: TaskView | undefined;

  constructor(
    private readonly world: World,
    private now: TaskState,
    private readonly onChange: (task: TaskView) => void,
  ) {
    const known = world.definitions.get(now.order.taskDefinitionArn);
    if (known) this.now = next(now, defined(known, now.order), world.clock.now());
  }

  get state(): TaskState {
    return this.now;
  }

  view(): TaskView {
    return (this.lastView ??= viewOf(this.now, this.containers?.use()));
  }

  apply(event: TaskEvent): void {
    const before = this.now;
    this.now = next(before, event, this.world.clock.now());
    if (this.now === before) return;
    this.lastView = undefined;
    if (event.kind === "container-health") this.containers?.proceed();
    this.onChange(this.view());
  }

  begin(): void {
    this.steps().catch((error: unknown) => {
      this.world.log(`Task ${this.now.id}: ${error instanceof Error ? error.stack : String(error)}`);
      this.stop("TaskFailedToStart", "Task failed to start");
    });
  }

  /** The first reason counts. */
  stop(code: StopCode, text: string): void {
    if (this.isEnding) return;
    this.isEnding = true;
    const wasRunning = this.now.status === "RUNNING";
    this.apply({ kind: "stop-wanted", code, text });
    if (wasRunning) this.apply({ kind: "deactivating" });
    this.wake();
    this.wind().catch((error: unknown) => {
      this.world.log(`Task ${this.now.id}: ${error instanceof Error ? error.stack : String(error)}`);
    });
  }

  /** Its programs are asked whether they go on, and what they use. */
  look(): void {
    if (this.now.status === "STOPPED") return;
    this.containers?.look();
    this.lastView = undefined;
  }

  /** The sandbox ends. */
  kill(): void {
    this.isEnding = true;
    this.wake();
    this.containers?.kill();
  }

  private async steps(): Promise<void> {
    const { order } = this.now;
    const found = await this.world.definitions.read(this.now, order.taskDefinitionArn);
    if (!found) return this.fail(failedToStart("TaskDefinition not found."));
    const definition = withOverrides(found, order.overrides);
    if (this.now.containers.length === 0) this.apply(defined(found, order));
    if (!(await this.pause(taskTimes.attachMs))) return;

    const ip = await this.address(definition);
    if (this.isEnding) return this.world.addresses.giveBack(ip);
    this.apply({ kind: "attached", attachment: attachmentOf(this.now, ip) });
    if (!(await this.pause(taskTimes.agentMs))) return;

    const ask: Parameters<typeof readSecrets>[3] = (one) => this.world.faults.startFault(traitsOf(this.now, one));
    const secrets = await readSecrets(this.world.moto, this.now, definition, ask);
    if ("code" in secrets) return this.fail(secrets);
    if (this.isEnding) return;
    this.apply({ kind: "pull-started" });
    const images = await pullImages(this.world.pins, this.now, definition, ask);
    if ("code" in images) return this.fail(images);
    if (!(await this.pause(taskTimes.pullMs))) return;
    const digests = Object.fromEntries([...images].map(([name, image]) => [name, image.digest]));
    this.apply({ kind: "pulled", digests });
    this.apply({ kind: "activating" });
    if (!(await this.pause(taskTimes.startMs))) return;

    this.containers = new Containers(this.world, this, definition, images, (one) => this.ended(one.essential));
    const failure = await this.containers.start();
    if (this.isEnding) return;
    if (failure) return this.fail(failure);
    this.apply({ kind: "running" });
  }

  private async fail({ code, text, container, detail, isRetried }: StartFailure): Promise<void> {
    if (isRetried && !(await this.pause(taskTimes.retriesMs))) return;
    if (this.isEnding) return;
    if (container !== undefined) {
      this.apply({ kind: "container-stopped", name: container, reason: detail ?? text });
    }
    this.stop(code, text);
  }

  private ended(isEssential: boolean): void {
    if (!isEssential || this.isEnding) return;
    const stop = (): void => this.stop("EssentialContainerExited", "Essential container in task exited");
    if (this.now.status === "RUNNING") this.world.clock.after(taskTimes.exitNoticeMs, stop);
    else stop();
  }

  private async wind(): Promise<void> {
    if (this.now.status === "DEACTIVATING") {
      const limit = this.after(taskTimes.deactivatingLimitMs);
      await Promise.race([this.world.deactivating(this.view()), limit.over]);
      limit.cancel();
    }
    if (this.containers) {
      this.apply({ kind: "stopping" });
      await this.containers.stop();
    }
    this.apply({ kind: "deprovisioning" });
    void this.containers?.flush();
    await this.after(taskTimes.deprovisionMs).over;
    if (this.now.attachment) this.world.addresses.giveBack(this.now.attachment.ip);
    this.containers = undefined;
    this.apply({ kind: "stopped" });
  }

  /** An address with all ports of the task free. */
  private async address({ containers }: TaskDefinition): Promise<string> {
    const ports = containers.flatMap((container) => container.ports);
    for (let tries = 1; ; tries++) {
      const ip = this.world.addresses.take();
      if (tries === addressTries || (await this.world.listeners.isFree(ip, ports))) return ip;
      this.world.addresses.giveBack(ip);
    }
  }

  /** False when the task is to stop meanwhile, be it in the very moment in which the time is over. */
  private async pause(ms: number): Promise<boolean> {
    if (this.isEnding) return false;
    await new Promise<void>((resolve) => {
      const timer = this.world.clock.after(ms, resolve);
      this.wake = () => {
        timer.cancel();
        resolve();
      };
    });
    return !this.isEnding;
  }

  private after(ms: number): { readonly over: Promise<void>; cancel(): void } {
    let cancel = (): void => undefined;
    const over = new Promise<void>((resolve) => {
      const timer = this.world.clock.after(ms, resolve);
      cancel = () => timer.cancel();
    });
    return { over, cancel };
  }
}

function defined(found: TaskDefinition, { overrides }: TaskOrder): TaskEvent {
  const definition = withOverrides(found, overrides);
  return { kind: "defined", cpu: definition.cpu, memory: definition.memory, containers: newContainers(definition) };
}
