import type { IncomingMessage, ServerResponse } from "node:http";
import type { Behaviour, Faults, TaskTraits } from "../../model/behaviour";
import type { SandboxClock, Timer } from "../../model/clock";
import { taskTimes } from "../life/timings";
import { endingOf, killed, type Ending } from "./endings";
import type { heeded, Identity } from "./identity";
import type { Listeners, OpenPort } from "./listeners";
import { Meter } from "./meter";
import { isHealthRequest, replyTo } from "./reply";

export interface ProgramParts {
  readonly clock: SandboxClock;
  readonly faults: Pick<Faults, "behaviour">;
  readonly listeners: Pick<Listeners, "listen">;
  readonly traits: TaskTraits;
  readonly identity: Identity;
  readonly ip: string;
  readonly ports: readonly number[];
  /** Host that the log names when the database is out of reach. Nothing secret. */
  readonly databaseHost: string;
  /** It does its work and ends, instead of serving. */
  readonly isCommand: boolean;
  /** One line of the container's log. */
  readonly log: (level: "INFO" | "ERROR", message: string) => void;
  /** Milliseconds of real time. */
  readonly realNow: () => number;
  readonly onEnd: (ending: Ending) => void;
}

/** How often a program without its database tries again, in looks of the patrol: every 30 s. */
const looksPerDatabaseTry = 6;

/** Stands in for what is in a container's image: one HTTP server for each of its ports, inside this process. */
export class Program {
  readonly meter: Meter;
  private readonly startedAt: number;
  private open: OpenPort[] = [];
  private timers: Timer[] = [];
  private ending: Ending | undefined;
  private isLeaving = false;
  private inFlight = 0;
  private requests = 0;
  private looks = 0;

  constructor(private readonly parts: ProgramParts) {
    this.meter = new Meter(parts.realNow);
    this.startedAt = parts.clock.now().getTime();
  }

  get hasEnded(): boolean {
    return this.ending !== undefined;
  }

  /** False where the program runs but would not call itself well. */
  get isWell(): boolean {
    const { isNeverHealthy, hasNoDatabase } = this.behaviour();
    return !this.hasEnded && !isNeverHealthy && !hasNoDatabase;
  }

  /** How near its end for lack of memory is: 0 to 1. */
  get shareOfLeak(): number {
    const { outOfMemoryAfterSeconds } = this.behaviour();
    if (outOfMemoryAfterSeconds === undefined) return 0;
    return outOfMemoryAfterSeconds === 0 ? 1 : this.runningMs() / (outOfMemoryAfterSeconds * 1000);
  }

  /** Runs what the container's image would run; resolves once it listens, or is left to do so later. */
  async start(): Promise<void> {
    const { log, ports, identity, isCommand } = this.parts;
    const { crashAtStart, slowStartSeconds = 0 } = this.behaviour();
    const serves = ports.length > 0 ? `, listens on ${ports.join(", ")}` : "";
    log("INFO", `${identity.service} ${identity.version} starts${isCommand ? " its command" : serves}`);
    if (crashAtStart !== undefined) this.later(taskTimes.crashMs, () => this.crash({ exitCode: crashAtStart }));
    else if (isCommand) this.later(taskTimes.commandMs, () => this.done());
    else if (slowStartSeconds > 0) this.later(slowStartSeconds * 1000, () => this.listen());
    else await this.listen();
    this.planEnding();
  }

  /** SIGTERM: takes no more requests, finishes those in flight, ends with 0, as a program does that heeds the signal. */
  terminate(): void {
    if (this.hasEnded || this.behaviour().hangsOnShutdown) return;
    this.isLeaving = true;
    this.parts.log("INFO", `SIGTERM: ${this.inFlight} request(s) in flight`);
    for (const port of this.open) port.retire();
    this.leaveWhenIdle();
  }

  /** SIGKILL. */
  kill(): void {
    this.end(killed);
  }

  /** Asked every few seconds: faults may have come since the start. */
  look(): void {
    if (this.hasEnded) return;
    this.meter.look();
    this.planEnding();
    if (this.behaviour().hasNoDatabase && this.looks++ % looksPerDatabaseTry === 0) {
      this.parts.log("ERROR", `connect ETIMEDOUT ${this.parts.databaseHost}:5432`);
    }
  }

  private behaviour(): Behaviour {
    return this.parts.faults.behaviour(this.parts.traits);
  }

  private async listen(): Promise<void> {
    for (const port of this.parts.ports) {
      if (this.hasEnded || this.isLeaving) return;
      const opened = await this.parts.listeners.listen(this.parts.ip, port, (request, response) =>
        this.serve(request, response),
      );
      this.open.push(opened);
      // It may have ended while the port was opened.
      if (this.hasEnded) opened.close();
    }
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const behaviour = this.behaviour();
    const path = (request.url ?? "/").split("?")[0] || "/";
    const asksHealth = isHealthRequest(path, request.headers["user-agent"]);
    const fails = !asksHealth && this.isOneToFail(behaviour.errorPercent ?? 0);
    const own = this.parts.identity;
    const identity = behaviour.version === undefined ? own : { ...own, version: behaviour.version };
    this.inFlight++;
    this.meter.count();
    response.once("close", () => {
      this.inFlight--;
      this.leaveWhenIdle();
    });
    request.resume();
    if (fails) this.parts.log("ERROR", `${request.method} ${path} answered with 500`);
    const answer = (): void => {
      if (response.destroyed) return;
      const timestamp = this.parts.clock.now().toISOString();
      const isWell = !behaviour.isNeverHealthy && !behaviour.hasNoDatabase;
      const { status, body } = replyTo(path, asksHealth, { identity, isWell, fails, timestamp });
      const text = JSON.stringify(body);
      response.writeHead(status, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(text),
        "x-slipway-version": headerText(identity.version),
        "x-slipway-task": identity.taskId,
      });
      response.end(text);
    };
    const latencyMs = asksHealth ? 0 : (behaviour.latencyMs ?? 0);
    if (latencyMs > 0) setTimeout(answer, latencyMs);
    else answer();
  }

  /** Spread evenly: with 25 percent every fourth request fails, not one by luck. */
  private isOneToFail(percent: number): boolean {
    const before = Math.floor((this.requests * percent) / 100);
    this.requests++;
    return Math.floor((this.requests * percent) / 100) > before;
  }

  /** Exactly on time where the end is nearer than the next look. */
  private planEnding(): void {
    const planned = endingOf(this.behaviour());
    if (!planned) return;
    const leftMs = planned.afterMs - this.runningMs();
    if (leftMs > taskTimes.patrolMs) return;
    this.later(Math.max(leftMs, 0), () => {
      const still = endingOf(this.behaviour());
      if (still && still.afterMs <= this.runningMs()) this.crash(still.ending);
    });
  }

  private crash(ending: Ending): void {
    if (this.hasEnded) return;
    this.parts.log("ERROR", `the program ends with exit code ${ending.exitCode}`);
    this.end(ending);
  }

  private done(): void {
    if (this.hasEnded) return;
    this.parts.log("INFO", "the command is done");
    this.end({ exitCode: 0 });
  }

  private leaveWhenIdle(): void {
    if (!this.isLeaving || this.inFlight > 0 || this.hasEnded) return;
    this.parts.log("INFO", "ends with exit code 0");
    this.end({ exitCode: 0 });
  }

  private end(ending: Ending): void {
    if (this.hasEnded) return;
    this.ending = ending;
    for (const timer of this.timers) timer.cancel();
    for (const port of this.open) port.close();
    this.timers = [];
    this.open = [];
    this.parts.onEnd(ending);
  }

  private later(ms: number, work: () => void | Promise<void>): void {
    this.timers.push(this.parts.clock.after(ms, work));
  }

  private runningMs(): number {
    return this.parts.clock.now().getTime() - this.startedAt;
  }
}

/** Host of the database as far as the plain environment tells it. */
export const databaseHostOf = (environment: Readonly<Record<string, string>>): string =>
  environment["DB_HOST" satisfies keyof typeof heeded] || "database";

/** A version of the environment may hold what no header can. */
const headerText = (text: string): string => text.replace(/[^\x20-\x7e]/g, "?").slice(0, 256);
