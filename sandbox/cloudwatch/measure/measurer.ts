import type { SandboxClock } from "../../model/clock";
import type { Datum, MetricSink } from "../../model/metrics";
import type { Moto } from "../../model/moto";
import type { ClusterLoad, ServiceLoad, Sources } from "../sources";
import type { Timings } from "../timings";
import { databaseMetrics, databasesAnswer } from "./database-metrics";
import { QueueMetrics, queuesAnswer } from "./queue-metrics";
import { insightMetrics, useMetrics } from "./service-metrics";

export interface MeasurerPorts {
  readonly clock: Pick<SandboxClock, "now">;
  readonly moto: Pick<Moto, "door">;
  readonly sources: Sources;
  readonly sink: MetricSink;
  readonly timings: Timings;
  readonly log: (line: string) => void;
}

const minute = 60_000;

/** After a leap of the clock so many minutes are filled with what is measured now: nobody has measured in between. */
const mostMinutes = 120;

/** Measures at the end of each minute what AWS' own services publish. */
export class Measurer {
  private readonly queues: QueueMetrics;
  /** What has failed and was logged; told again only after it has worked. */
  private readonly failing = new Set<string>();
  private lastMinute: number | undefined;

  constructor(private readonly ports: MeasurerPorts) {
    this.queues = new QueueMetrics(ports.timings.queueActive);
  }

  /** Publishes for every minute that is over and was not published yet. */
  async measure(): Promise<void> {
    const newest = Math.floor(this.ports.clock.now().getTime() / minute) - 1;
    const first = Math.max((this.lastMinute ?? newest - 1) + 1, newest - mostMinutes + 1);
    if (first > newest) return;
    this.lastMinute = newest;
    const make = await this.load();
    for (let each = first; each <= newest; each++) this.ports.sink.put(make(new Date(each * minute)));
  }

  private async load(): Promise<(at: Date) => readonly Datum[]> {
    const { moto, sources } = this.ports;
    const [clusters, services, databases, queues] = await Promise.all([
      this.tried("clusters", async (): Promise<readonly ClusterLoad[]> => sources.clusters()),
      this.tried("services", async (): Promise<readonly ServiceLoad[]> => sources.services()),
      this.tried("databases", async () => databasesAnswer.parse(await moto.door("/slipway/databases", {})).Databases),
      this.tried("queues", async () => queuesAnswer.parse(await moto.door("/slipway/queues", {})).Queues),
    ]);
    return (at) => [
      ...useMetrics(services, at),
      ...insightMetrics(clusters, services, at),
      ...databaseMetrics(databases, services, at),
      ...this.queues.measure(queues, at),
    ];
  }

  /** One source that fails leaves its own metrics out, as an outage at AWS would. */
  private async tried<T>(name: string, ask: () => Promise<readonly T[]>): Promise<readonly T[]> {
    try {
      const found = await ask();
      this.failing.delete(name);
      return found;
    } catch (error) {
      if (!this.failing.has(name)) this.ports.log(`metrics of ${name}: ${String(error)}`);
      this.failing.add(name);
      return [];
    }
  }
}
