import { expect } from "chai";
import type { Answer } from "../../../sandbox/model/service-api";
import type { ServiceLoad } from "../../../sandbox/cloudwatch/sources";
import { anAlarm, caller, WatchedWorld } from "./watched-world";

const scope = { account: caller.account, region: caller.region };
const service = (changes: Partial<ServiceLoad> = {}): ServiceLoad => ({
  ...scope,
  clusterName: "shop",
  serviceName: "web",
  desired: 3,
  running: 2,
  pending: 1,
  deployments: 2,
  use: [
    { cpuPercent: 10, memoryPercent: 40 },
    { cpuPercent: 30, memoryPercent: 60 },
  ],
  ...changes,
});
const database = {
  Account: scope.account,
  Region: scope.region,
  DBInstanceIdentifier: "db",
  DBInstanceStatus: "available",
  DBInstanceClass: "db.t4g.micro",
  AllocatedStorage: 100,
};
const queue = {
  Account: scope.account,
  Region: scope.region,
  QueueName: "jobs",
  QueueArn: "arn:aws:sqs:eu-central-1:111122223333:jobs",
  ...{ Visible: 3, NotVisible: 1, Delayed: 0, AgeOfOldestMessage: 12.5 },
};

/** Names of the metrics in a namespace. */
async function names(world: WatchedWorld, Namespace: string): Promise<readonly unknown[]> {
  const { Metrics } = await world.call("ListMetrics", { Namespace });
  return (Metrics as Answer[]).map((metric) => metric["MetricName"]);
}

/** `[minute, average, samples]` of one metric. */
async function points(
  world: WatchedWorld,
  [Namespace, MetricName]: readonly [string, string],
  dimensions: Readonly<Record<string, string>>,
): Promise<unknown> {
  const answer = await world.call("GetMetricStatistics", {
    ...{ Namespace, MetricName, Period: 60, Statistics: ["Average", "SampleCount"] },
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    ...{ StartTime: new Date("2026-01-01T12:00:00Z"), EndTime: new Date("2026-01-01T22:00:00Z") },
  });
  const found = answer["Datapoints"] as readonly { Timestamp: Date; Average: number; SampleCount: number }[];
  return found.map(({ Timestamp, Average, SampleCount }) => [
    Math.round((Timestamp.getTime() - Date.parse("2026-01-01T12:00:00Z")) / 60_000),
    Average,
    SampleCount,
  ]);
}

describe("what AWS measures", () => {
  const web = { ClusterName: "shop", ServiceName: "web" };

  it("is the use of running tasks, one sample each, and no point at all without any", async () => {
    const world = new WatchedWorld();
    world.services = [service()];
    await world.minutes(1);
    world.services = [service({ running: 0, use: [] })];
    await world.minutes(2);

    expect([
      await points(world, ["AWS/ECS", "CPUUtilization"], web),
      await points(world, ["AWS/ECS", "MemoryUtilization"], web),
    ]).to.deep.equal([[[0, 20, 2]], [[0, 50, 2]]]);
  });

  it("is Container Insights only for clusters that have it", async () => {
    const world = new WatchedWorld();
    world.services = [service(), service({ clusterName: "plain" })];
    const cluster = (clusterName: string, hasContainerInsights: boolean) => ({
      ...{ ...scope, clusterName, hasContainerInsights, runningTasks: 5 },
    });
    world.clusters = [cluster("shop", true), cluster("plain", false)];
    await world.minutes(1);
    const insight = (name: string, dimensions = web) => points(world, ["ECS/ContainerInsights", name], dimensions);

    expect({
      running: await insight("RunningTaskCount"),
      desired: await insight("DesiredTaskCount"),
      pending: await insight("PendingTaskCount"),
      deployments: await insight("DeploymentCount"),
      tasks: await insight("TaskCount", { ClusterName: "shop" } as never),
      services: await insight("ServiceCount", { ClusterName: "shop" } as never),
      plain: await insight("RunningTaskCount", { ...web, ClusterName: "plain" }),
    }).to.deep.equal({
      ...{ running: [[0, 2, 1]], desired: [[0, 3, 1]], pending: [[0, 1, 1]], deployments: [[0, 2, 1]] },
      ...{ tasks: [[0, 5, 1]], services: [[0, 1, 1]], plain: [] },
    });
  });

  it("is the database while it serves, with connections of the tasks", async () => {
    const world = new WatchedWorld();
    world.services = [service()];
    world.databases = [database];
    await world.minutes(1);
    world.databases = [{ ...database, DBInstanceStatus: "stopped" }];
    await world.minutes(2);
    const rds = (name: string) => points(world, ["AWS/RDS", name], { DBInstanceIdentifier: "db" });

    expect([
      await rds("DatabaseConnections"),
      await rds("FreeStorageSpace"),
      await rds("CPUUtilization"),
    ]).to.deep.equal([[[0, 11, 1]], [[0, 80 * 1024 ** 3, 1]], [[0, 8.4, 1]]]);
  });

  it("is a queue, zeros too, until nobody has used it for six hours", async () => {
    const world = new WatchedWorld({ queueActive: 3 * 60_000 });
    world.queues = [queue];
    await world.minutes(1);
    world.queues = [{ ...queue, Visible: 0, NotVisible: 0, AgeOfOldestMessage: 0 }];
    await world.minutes(6);

    expect(await points(world, ["AWS/SQS", "ApproximateNumberOfMessagesVisible"], { QueueName: "jobs" })).to.deep.equal(
      [
        [0, 3, 1],
        [1, 0, 1],
        [2, 0, 1],
        [3, 0, 1],
      ],
    );
  });

  it("is there in time for the alarms of the same minute", async () => {
    const world = new WatchedWorld();
    world.services = [service()];
    const Dimensions = Object.entries(web).map(([Name, Value]) => ({ Name, Value }));
    const metric = { Namespace: "AWS/ECS", MetricName: "CPUUtilization", Dimensions, Threshold: 15 };
    await world.call("PutMetricAlarm", anAlarm(metric));
    await world.minutes(1);

    expect(await world.state()).to.equal("ALARM");
  });

  it("comes late when points are published with a delay", async () => {
    const world = new WatchedWorld({ publicationDelay: 60_000 });
    world.services = [service()];
    await world.minutes(1);
    const early = await points(world, ["AWS/ECS", "CPUUtilization"], web);
    await world.minutes(1);

    expect([early, await points(world, ["AWS/ECS", "CPUUtilization"], web)]).to.deep.equal([[], [[0, 20, 2]]]);
  });

  it("goes on without what cannot be asked, and says so once", async () => {
    const world = new WatchedWorld();
    world.services = [service()];
    world.databases = [{ nonsense: true }];
    await world.minutes(3);

    expect([await names(world, "AWS/ECS"), await names(world, "AWS/RDS"), world.logged.length]).to.deep.equal([
      ["CPUUtilization", "MemoryUtilization"],
      [],
      1,
    ]);
  });
});
