import { Latencies, type LatencyReport } from "./latencies";
import { failureOf, type Outcome } from "./outcome";

/** One second of a run, by the time at which its requests were due. */
export interface SecondReport {
  /** From the beginning, 0 first. */
  readonly second: number;
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  readonly byVersion: Readonly<Record<string, number>>;
  readonly latencyMs?: LatencyReport;
}

export interface Share {
  readonly count: number;
  /** Percent of all answers that said it, to a hundredth. */
  readonly percent: number;
}

export interface TallyReport {
  readonly sent: number;
  /** Answers below 400. */
  readonly answered: number;
  readonly failed: number;
  /** `connection`, `timeout`, or the status. */
  readonly failures: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly byVersion: Readonly<Record<string, Share>>;
  /** Answers by target group, for tasks whose group is known. */
  readonly byGroup: Readonly<Record<string, Share>>;
  /** From the moment a request was due to its last byte, or to its timeout. */
  readonly latencyMs?: LatencyReport;
  readonly seconds: readonly SecondReport[];
}

/** Counts what becomes of requests. */
export class Tally {
  private sent = 0;
  private readonly failures = new Map<string, number>();
  private readonly statuses = new Map<string, number>();
  private readonly versions = new Map<string, number>();
  private readonly tasks = new Map<string, number>();
  private readonly latencies = new Latencies();
  private readonly seconds: Second[] = [];

  /** @param dueMs from the beginning of the run */
  addSent(dueMs: number): void {
    this.sent += 1;
    this.secondOf(dueMs).sent += 1;
  }

  /** @param doneMs from the beginning of the run; later than due by all that the request had to wait for */
  add(outcome: Outcome, dueMs: number, doneMs: number): void {
    const second = this.secondOf(dueMs);
    const failure = failureOf(outcome);
    if (failure === undefined) second.answered += 1;
    else {
      second.failed += 1;
      count(this.failures, failure);
    }
    if (outcome.kind === "answer") {
      count(this.statuses, String(outcome.status));
      if (outcome.task !== undefined) count(this.tasks, outcome.task);
      if (outcome.version !== undefined) {
        count(this.versions, outcome.version);
        count(second.versions, outcome.version);
      }
    }
    // A connection that was refused at once says nothing of how long an answer takes.
    if (outcome.kind === "connection") return;
    this.latencies.add(doneMs - dueMs);
    second.latencies.add(doneMs - dueMs);
  }

  /** How the last second that is over went; for a line that moves. */
  second(index: number): SecondReport | undefined {
    const second = this.seconds[index];
    return second && reportOf(second, index);
  }

  /** @param groupOf name of the target group that a task is in, when that is known */
  report(groupOf: (task: string) => string | undefined): TallyReport {
    const failed = sum(this.failures);
    const latencyMs = this.latencies.report();
    const groups = new Map<string, number>();
    for (const [task, times] of this.tasks) {
      const group = groupOf(task);
      if (group !== undefined) groups.set(group, (groups.get(group) ?? 0) + times);
    }
    return {
      sent: this.sent,
      answered: this.seconds.reduce((total, { answered }) => total + answered, 0),
      failed,
      failures: inOrder(this.failures),
      byStatus: inOrder(this.statuses),
      byVersion: shares(this.versions),
      byGroup: shares(groups),
      ...(latencyMs && { latencyMs }),
      seconds: this.seconds.map(reportOf),
    };
  }

  private secondOf(dueMs: number): Second {
    const index = Math.floor(dueMs / 1000);
    while (this.seconds.length <= index) {
      this.seconds.push({ sent: 0, answered: 0, failed: 0, versions: new Map(), latencies: new Latencies() });
    }
    return this.seconds[index] as Second;
  }
}

interface Second {
  sent: number;
  answered: number;
  failed: number;
  readonly versions: Map<string, number>;
  readonly latencies: Latencies;
}

function reportOf({ sent, answered, failed, versions, latencies }: Second, second: number): SecondReport {
  const latencyMs = latencies.report();
  return { second, sent, answered, failed, byVersion: inOrder(versions), ...(latencyMs && { latencyMs }) };
}

const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);

const sum = (map: ReadonlyMap<string, number>): number => [...map.values()].reduce((total, value) => total + value, 0);

/** By name, so that two reports can be compared. */
const inOrder = (map: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

function shares(map: ReadonlyMap<string, number>): Record<string, Share> {
  const all = sum(map);
  return Object.fromEntries(
    Object.entries(inOrder(map)).map(([name, times]) => [
      name,
      { count: times, percent: Math.round((times / all) * 10_000) / 100 },
    ]),
  );
}
