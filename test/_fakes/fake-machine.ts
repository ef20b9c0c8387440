import type { Machine, ProcessId } from "../../automation/ports/machine";

/** A machine with some processes; random words are counted. */
export class FakeMachine implements Machine {
  readonly ci: string | undefined;
  /** Milliseconds since 1970. */
  ms = 0;
  private words = 0;

  constructor(
    readonly host: string = "desk",
    readonly self: ProcessId = { pid: 100, startedAt: "1" },
    readonly alive = new Set<number>([self.pid]),
    readonly user: string = "kim",
  ) {}

  get id(): string {
    return `machine of ${this.host}`;
  }

  now(): Date {
    return new Date(this.ms);
  }

  randomId(): string {
    this.words += 1;
    return `${this.host}-${this.self.pid}-${this.words}`;
  }

  isAlive({ pid }: ProcessId): boolean {
    return this.alive.has(pid);
  }
}
