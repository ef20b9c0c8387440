import type { AlarmView, SideFigures } from "../model/release/observed";

/** CloudWatch. Failures are `CloudError`s. */
export interface Metrics {
  /** One view for each name, in their order; `MISSING` for one that does not exist. */
  alarms(names: readonly string[]): Promise<readonly AlarmView[]>;
  /**
   * Requests, errors and latency of target groups together.
   *
   * @param groups dimensions `TargetGroup` (`targetgroup/<name>/<id>`)
   */
  figures(query: {
    readonly loadBalancer: string;
    readonly groups: readonly string[];
    readonly from: Date;
    readonly to: Date;
  }): Promise<SideFigures>;
  /** The last lines of a log stream, oldest first; empty when there is none. */
  lastLines(logGroup: string, logStream: string, limit: number): Promise<readonly string[]>;
}
