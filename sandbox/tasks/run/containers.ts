import type { PulledImage } from "../checks/preparation";
import { failedToStart, type StartFailure } from "../checks/start-failure";
import { readiness, stoppable, type Progress } from "../container/start-order";
import type { ContainerDefinition, TaskDefinition } from "../definition";
import { taskTimes } from "../life/timings";
import type { Ending } from "../program/endings";
import { cpuPercent, memoryPercent } from "../program/use";
import { ContainerRun } from "./container-run";
import type { TaskCore, World } from "./world";

/** The containers of one task: started in the order of their dependencies, stopped in the reverse. */
export class Containers {
  private readonly launched = new Set<string>();
  private readonly late = new Set<string>();
  private readonly runs = new Map<string, ContainerRun>();
  private started: ((failure: StartFailure | undefined) => void) | undefined;
  private gone: (() => void) | undefined;
  private isStopping = false;

  constructor(
    private readonly world: World,
    private readonly task: TaskCore,
    private readonly definition: TaskDefinition,
    private readonly images: ReadonlyMap<string, PulledImage>,
    /** A container has ended that nobody has stopped. */
    private readonly onEnd: (container: ContainerDefinition) => void,
  ) {}

  /** Resolves once all containers have been started, or one cannot be, or they are to stop. */
  start(): Promise<StartFailure | undefined> {
    return new Promise((resolve) => {
      this.started = resolve;
      this.proceed();
    });
  }

  /** Resolves once all containers have ended. */
  stop(): Promise<void> {
    this.isStopping = true;
    this.started?.(undefined);
    return new Promise((resolve) => {
      this.gone = resolve;
      this.stopFree();
    });
  }

  /** Ends everything at once. */
  kill(): void {
    this.isStopping = true;
    for (const run of this.runs.values()) run.program.kill();
  }

  /** To be called every few seconds of the sandbox's time. */
  look(): void {
    for (const run of this.runs.values()) run.program.look();
  }

  /** What has been written to the logs so far is sent. */
  async flush(): Promise<void> {
    for (const run of this.runs.values()) await run.flush();
  }

  use(): { readonly cpuPercent: number; readonly memoryPercent: number } {
    const programs = [...this.runs.values()].map((run) => run.program).filter((program) => !program.hasEnded);
    if (programs.length === 0) return { cpuPercent: 0, memoryPercent: 0 };
    const rate = programs.reduce((sum, program) => sum + program.meter.requestsPerSecond(), 0);
    const leak = Math.max(...programs.map((program) => program.shareOfLeak));
    // Fargate's smallest size, for a definition that reserves for its containers only.
    const { cpu = "256", memory = "512" } = this.definition;
    return {
      cpuPercent: cpuPercent(rate, Number(cpu) || 256),
      memoryPercent: memoryPercent(programs.length, rate, Number(memory) || 512, leak),
    };
  }

  /** Starts what can be started now; to be called after every change. */
  proceed(): void {
    if (this.isStopping || this.launched.size === this.definition.containers.length) return;
    const progress = this.progress();
    for (const container of this.definition.containers) {
      if (this.launched.has(container.name)) continue;
      const state = readiness(container, progress);
      if (state.kind === "waits") continue;
      if (state.kind === "never") return this.giveUp("Task failed to start", container.name, state.why);
      this.launched.add(container.name);
      this.launch(container).catch((error: unknown) => {
        this.world.log(`Container ${container.name}: ${error instanceof Error ? error.stack : String(error)}`);
        this.giveUp("Task failed to start", container.name, "CannotStartContainerError");
      });
    }
  }

  private async launch(container: ContainerDefinition): Promise<void> {
    const image = this.images.get(container.name);
    const run = await ContainerRun.start(
      this.world,
      this.task,
      container,
      this.definition,
      image,
      (name, ending) => void this.ended(name, ending),
    );
    if (typeof run === "string") return this.giveUp(run, container.name);
    this.runs.set(container.name, run);
    if (this.isStopping) {
      run.program.kill();
      return this.stopFree();
    }
    const { startTimeout } = container;
    const limitMs = startTimeout === undefined ? taskTimes.startTimeoutMs : startTimeout * 1000;
    if (this.isWaitedFor(container.name)) {
      this.world.clock.after(limitMs, () => {
        this.late.add(container.name);
        this.proceed();
      });
    }
    this.proceed();
    if (this.runs.size === this.definition.containers.length) this.started?.(undefined);
  }

  private giveUp(text: string, container: string, detail?: string): void {
    this.started?.(failedToStart(text, { container, ...(detail === undefined ? {} : { detail }) }));
  }

  private ended(name: string, ending: Ending): void {
    this.task.apply({ kind: "container-stopped", name, ...ending });
    if (this.isStopping) return this.stopFree();
    this.proceed();
    const container = this.definition.containers.find((one) => one.name === name);
    if (container) this.onEnd(container);
  }

  private stopFree(): void {
    const running = new Set([...this.runs].filter(([, run]) => !run.program.hasEnded).map(([name]) => name));
    if (running.size === 0) return this.gone?.();
    for (const name of stoppable(this.definition.containers, running)) this.runs.get(name)?.terminate();
  }

  private isWaitedFor(name: string): boolean {
    return this.definition.containers.some(({ dependsOn }) => dependsOn.some((one) => one.containerName === name));
  }

  private progress(): ReadonlyMap<string, Progress> {
    return new Map(
      this.task.state.containers.map((one) => [
        one.name,
        {
          hasStarted: one.lastStatus !== "PENDING",
          hasStopped: one.lastStatus === "STOPPED",
          exitCode: one.exitCode,
          health: one.health,
          isLate: this.late.has(one.name),
        },
      ]),
    );
  }
}
