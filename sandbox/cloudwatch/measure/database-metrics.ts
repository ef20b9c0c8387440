import { z } from "zod";
import type { Datum } from "../../model/metrics";
import type { ServiceLoad } from "../sources";

/** What `/slipway/databases` answers, as far as it is measured. */
export const databasesAnswer = z.object({
  Databases: z.array(
    z.object({
      Account: z.string(),
      Region: z.string(),
      DBInstanceIdentifier: z.string(),
      DBInstanceStatus: z.string(),
      DBInstanceClass: z.string().nullish(),
      /** GiB. */
      AllocatedStorage: z.number(),
    }),
  ),
});

export type DatabaseLoad = z.output<typeof databasesAnswer>["Databases"][number];

/** Statuses in which an instance serves; it has no points in any other. */
const serving = /^(available|backing-up|modifying|storage-optimization|configuring-.*|resetting-master-credentials)$/;

/** What an idle database shows, and what each task adds: plausible figures, nobody's measurement. */
const model = {
  connectionsPerTask: 5,
  idleConnections: 1,
  idleCpuPercent: 4,
  cpuPercentPerConnection: 0.4,
  usedStorageShare: 0.2,
  freeMemoryShare: 0.4,
  readLatencySeconds: 0.0006,
  writeLatencySeconds: 0.0012,
  iopsPerConnection: 2,
} as const;

const gib = 1024 ** 3;

/** GiB of memory by the size in an instance class ("DB instance classes" in the RDS user guide; t3, t4g and m5, m6g). */
const memoryGib: Readonly<Record<string, number>> = {
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  "2xlarge": 32,
  "4xlarge": 64,
};

/** AWS/RDS of the instances that serve. Every running task of the account and region holds some connections. */
export function databaseMetrics(
  databases: readonly DatabaseLoad[],
  services: readonly ServiceLoad[],
  at: Date,
): readonly Datum[] {
  return databases
    .filter(({ DBInstanceStatus }) => serving.test(DBInstanceStatus))
    .flatMap(({ Account: account, Region: region, DBInstanceIdentifier, DBInstanceClass, AllocatedStorage }) => {
      const tasks = services
        .filter((service) => service.account === account && service.region === region)
        .reduce((sum, { running }) => sum + running, 0);
      const connections = model.idleConnections + tasks * model.connectionsPerTask;
      const memory = (memoryGib[DBInstanceClass?.split(".").at(-1) ?? ""] ?? 4) * gib;
      const figures: readonly (readonly [name: string, value: number, unit: string])[] = [
        [
          "CPUUtilization",
          Math.min(100, model.idleCpuPercent + connections * model.cpuPercentPerConnection),
          "Percent",
        ],
        ["DatabaseConnections", connections, "Count"],
        ["FreeStorageSpace", Math.round(AllocatedStorage * gib * (1 - model.usedStorageShare)), "Bytes"],
        ["FreeableMemory", Math.round(memory * model.freeMemoryShare), "Bytes"],
        ["SwapUsage", 0, "Bytes"],
        ["ReadLatency", model.readLatencySeconds, "Seconds"],
        ["WriteLatency", model.writeLatencySeconds, "Seconds"],
        ["ReadIOPS", connections * model.iopsPerConnection, "Count/Second"],
        ["WriteIOPS", connections * model.iopsPerConnection, "Count/Second"],
        ["DiskQueueDepth", 0, "Count"],
        ["BurstBalance", 100, "Percent"],
      ];
      return figures.map(([name, value, unit]): Datum => {
        const dimensions = { DBInstanceIdentifier };
        return { account, region, namespace: "AWS/RDS", name, dimensions, values: [value], unit, at };
      });
    });
}
