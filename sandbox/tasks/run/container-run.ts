import type { Timer } from "../../model/clock";
import type { PulledImage } from "../checks/preparation";
import type { ContainerDefinition, TaskDefinition } from "../definition";
import { healthProbe, type HealthProbe } from "../container/health-command";
import { afterCheck, unknownHealth } from "../container/health-record";
import { statusOf } from "../container/probe";
import { isAwaited } from "../container/start-order";
import { taskTimes } from "../life/timings";
import { logPlace } from "../logs/log-options";
import { LogStream } from "../logs/log-stream";
import type { Ending } from "../program/endings";
import { identityOf } from "../program/identity";
import { databaseHostOf, Program } from "../program/program";
import { serviceOf, traitsOf, type TaskCore, type World } from "./world";

/** One running container: its program, its log, its health check. */
export class ContainerRun {
  private readonly timers: Timer[] = [];
  private stream: LogStream | undefined;
  private hasBeenTold = false;

  private constructor(
    private readonly world: World,
    private readonly task: TaskCore,
    readonly definition: ContainerDefinition,
    readonly program: Program,
  ) {}

  /** Makes the container and starts its program. Gives a text when it cannot be made. */
  static async start(
    world: World,
    task: TaskCore,
    definition: ContainerDefinition,
    { containers }: TaskDefinition,
    image: PulledImage | undefined,
    onEnd: (name: string, ending: Ending) => void,
  ): Promise<ContainerRun | string> {
    const { state } = task;
    const runtimeId = `${state.id}-${1_000_000_000 + Math.floor(Math.random() * 3_000_000_000)}`;
    const place = logPlace(definition, { id: state.id, region: state.region, runtimeId });
    const stream = place && (await LogStream.open(world.logs, state, place));
    if (typeof stream === "string") return stream;

    const hasWork = serviceOf(state.order.group) === undefined && definition.ports.length === 0;
    const program = new Program({
      clock: world.clock,
      faults: world.faults,
      listeners: world.listeners,
      traits: traitsOf(state, definition),
      identity: identityOf(definition, state.id, image?.tag),
      ip: state.attachment?.ip ?? "127.0.0.1",
      ports: definition.ports,
      databaseHost: databaseHostOf(definition.environment),
      isCommand: hasWork || isAwaited(definition.name, containers),
      log: (level, message) => stream?.write(level, message),
      realNow: world.realNow,
      onEnd: (ending) => {
        run.end();
        onEnd(definition.name, ending);
      },
    });
    const run: ContainerRun = new ContainerRun(world, task, definition, program);
    run.stream = stream;
    task.apply({ kind: "container-started", name: definition.name, runtimeId });
    await program.start();
    run.watchHealth();
    return run;
  }

  /** SIGTERM, and SIGKILL when the stop timeout is over; only the first call counts. */
  terminate(): void {
    if (this.hasBeenTold) return;
    this.hasBeenTold = true;
    const { stopTimeout } = this.definition;
    const limitMs = stopTimeout === undefined ? taskTimes.stopTimeoutMs : stopTimeout * 1000;
    this.timers.push(this.world.clock.after(limitMs, () => this.program.kill()));
    this.program.terminate();
  }

  /** What is still to be written to the log. */
  flush(): Promise<void> {
    return this.stream?.send() ?? Promise.resolve();
  }

  private end(): void {
    for (const timer of this.timers) timer.cancel();
  }

  private watchHealth(): void {
    const check = this.definition.healthCheck;
    if (!check || this.program.hasEnded) return;
    const probe = healthProbe(check.command);
    const startedAt = this.world.clock.now().getTime();
    let record = unknownHealth;
    const look = async (): Promise<void> => {
      const hasPassed = await this.passes(probe, check.timeout * 1000);
      if (this.program.hasEnded || this.hasBeenTold) return;
      const before = record.health;
      record = afterCheck(record, check, this.world.clock.now().getTime() - startedAt, hasPassed);
      if (record.health === before) return;
      this.task.apply({ kind: "container-health", name: this.definition.name, health: record.health });
    };
    this.timers.push(this.world.clock.every(check.interval * 1000, look));
  }

  private async passes(probe: HealthProbe, timeoutMs: number): Promise<boolean> {
    if (this.program.hasEnded) return false;
    switch (probe.kind) {
      case "exit":
        return probe.code === 0;
      case "alive":
        return this.program.isWell;
      case "fetch": {
        const ip = this.task.state.attachment?.ip ?? "127.0.0.1";
        const status = await statusOf(this.world.listeners.place(ip, probe.port), probe.path, timeoutMs);
        return status !== undefined && (!probe.mustSucceed || status < 400);
      }
    }
  }
}
