import { Agent } from "node:http";
import { Agent as TlsAgent } from "node:https";
import type { Timer } from "../../model/clock";
import type { TargetHealth } from "../../model/targets";
import { told, type Verdict } from "../health/verdict";

/** One request on its way to a target. */
export interface Flight {
  /** The target is not waited for any longer. */
  abort(): void;
}

/** An address and port of this machine. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** Key of a target in its group. */
export const targetKey = (id: string, port: number): string => `${id}:${port}`;

/** A registered target, until its deregistration delay is over. */
export class Target {
  verdict: Verdict;
  /** It came to a group that had healthy targets already: only such a one is spared at first. */
  isLate = false;
  /** When it began to get its slowly growing share, in the sandbox's time; undefined without slow start. */
  rampStart: number | undefined;
  /** The next health check, or the end of the deregistration delay. */
  timer: Timer | undefined;
  /** Connections are kept and used for all clients. */
  readonly agent: Agent;
  private readonly flights = new Set<Flight>();
  private waiting: (() => void)[] = [];

  constructor(
    readonly id: string,
    readonly port: number,
    /** Where one of its ports listens on this machine; asked anew each time, because a program may come late. */
    readonly placeOf: (port: number) => Place,
    readonly zone: string,
    isTls: boolean,
  ) {
    this.verdict = { ...told.unused, passes: 0, failures: 0 };
    const options = { keepAlive: true, scheduling: "lifo", maxFreeSockets: 256 } as const;
    this.agent = isTls ? new TlsAgent({ ...options, rejectUnauthorized: false }) : new Agent(options);
  }

  /** How many requests it is working on. */
  get outstanding(): number {
    return this.flights.size;
  }

  get isDraining(): boolean {
    return this.verdict.state === "draining";
  }

  board(flight: Flight): void {
    this.flights.add(flight);
  }

  leave(flight: Flight): void {
    this.flights.delete(flight);
    if (this.flights.size === 0) this.wake();
  }

  /** Resolves when nothing is on its way to it. */
  drained(): Promise<void> {
    return this.flights.size === 0 ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Ends everything that has to do with it. */
  close(): void {
    this.timer?.cancel();
    for (const flight of [...this.flights]) flight.abort();
    this.flights.clear();
    this.wake();
    this.agent.destroy();
  }

  health(): TargetHealth {
    const { state, reason, description } = this.verdict;
    return {
      id: this.id,
      port: this.port,
      state,
      ...(reason === undefined ? {} : { reason }),
      ...(description === undefined ? {} : { description }),
    };
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
