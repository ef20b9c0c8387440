import type { AlarmView, SideFigures } from "../../automation/model/release/observed";
import type { Metrics } from "../../automation/ports/metrics";

/** Alarms that are silent unless a test says otherwise, and figures by target group. */
export class FakeMetrics implements Metrics {
  /** By name; one that is not here is OK. */
  readonly states = new Map<string, Omit<AlarmView, "name">>();
  /** By target groups, joined with a space; without any there were no requests. */
  readonly sides = new Map<string, SideFigures>();
  /** By `<group> <stream>`. */
  readonly lines = new Map<string, readonly string[]>();
  /** For each of the next calls, whatever it is; null lets one through. */
  readonly failures: (Error | null)[] = [];

  constructor(private readonly log: string[] = []) {}

  async alarms(names: readonly string[]): Promise<readonly AlarmView[]> {
    this.note("alarms");
    return names.map((name) => ({ name, state: "OK", reason: "", ...this.states.get(name) }));
  }

  async figures({ groups, from, to }: Parameters<Metrics["figures"]>[0]): Promise<SideFigures> {
    this.note(`figures ${groups.join(" ")} ${from.toISOString()} ${to.toISOString()}`);
    return this.sides.get(groups.join(" ")) ?? { requests: 0, errors: 0, latencyP95: null };
  }

  async lastLines(logGroup: string, logStream: string, limit: number): Promise<readonly string[]> {
    this.note(`lastLines ${logGroup} ${logStream}`);
    return (this.lines.get(`${logGroup} ${logStream}`) ?? []).slice(-limit);
  }

  private note(what: string): void {
    this.log.push(what);
    const failure = this.failures.shift();
    if (failure != null) throw failure;
  }
}
