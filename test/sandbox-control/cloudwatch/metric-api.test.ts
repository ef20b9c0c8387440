import { expect } from "chai";
import type { Answer, Input } from "../../../sandbox/model/service-api";
import { caller, WatchedWorld } from "./watched-world";

const noon = Date.parse("2026-01-01T12:00:00Z");
const at = (minutes: number): Date => new Date(noon + minutes * 60_000);

/** A world with 10, 20, ... 50 in five minutes from noon on. */
async function fiveMinutes(): Promise<WatchedWorld> {
  const world = new WatchedWorld();
  const MetricData = [1, 2, 3, 4, 5].map((each) => ({
    MetricName: "Load",
    Value: 10 * each,
    Timestamp: at(each - 1),
    Unit: "Count",
    Dimensions: [{ Name: "Service", Value: "web" }],
  }));
  await world.call("PutMetricData", { Namespace: "Shop", MetricData });
  return world;
}

const dimensions = [{ Name: "Service", Value: "web" }];
const stat = (changes: Input = {}) => ({
  Metric: { Namespace: "Shop", MetricName: "Load", Dimensions: dimensions },
  Period: 60,
  Stat: "Sum",
  ...changes,
});

describe("the API of metrics", () => {
  it("gives metric data newest first, or oldest first, from the start to before the end", async () => {
    const world = await fiveMinutes();
    const ask = (more: Input) =>
      world.call("GetMetricData", {
        MetricDataQueries: [{ Id: "m", MetricStat: stat() }],
        StartTime: at(1),
        EndTime: at(4),
        ...more,
      });

    expect([await ask({}), await ask({ ScanBy: "TimestampAscending" })]).to.deep.equal([
      {
        MetricDataResults: [
          { Id: "m", Label: "Load", Timestamps: [at(3), at(2), at(1)], Values: [40, 30, 20], StatusCode: "Complete" },
        ],
        Messages: [],
      },
      {
        MetricDataResults: [
          { Id: "m", Label: "Load", Timestamps: [at(1), at(2), at(3)], Values: [20, 30, 40], StatusCode: "Complete" },
        ],
        Messages: [],
      },
    ]);
  });

  it("calculates, and returns only what is asked for", async () => {
    const world = await fiveMinutes();
    const { MetricDataResults } = await world.call("GetMetricData", {
      MetricDataQueries: [
        { Id: "m", MetricStat: stat(), ReturnData: "false" },
        { Id: "e", Expression: "m / 10", Label: "tenth" },
        { Id: "none", MetricStat: stat({ Unit: "Seconds" }) },
      ],
      StartTime: at(0).toISOString(),
      EndTime: String(at(2).getTime() / 1000),
    });

    expect(MetricDataResults).to.deep.equal([
      { Id: "e", Label: "tenth", Timestamps: [at(1), at(0)], Values: [2, 1], StatusCode: "Complete" },
      { Id: "none", Label: "Load", Timestamps: [], Values: [], StatusCode: "Complete" },
    ]);
  });

  it("pages through data points", async () => {
    const world = await fiveMinutes();
    const seen: unknown[] = [];
    let NextToken: unknown;
    do {
      const answer: Answer = await world.call("GetMetricData", {
        MetricDataQueries: [
          { Id: "a", MetricStat: stat() },
          { Id: "b", MetricStat: stat({ Stat: "Maximum" }) },
        ],
        StartTime: at(0),
        EndTime: at(5),
        MaxDatapoints: 4,
        NextToken,
      });
      seen.push((answer["MetricDataResults"] as Answer[]).map((line) => line["Values"]));
      NextToken = answer["NextToken"];
    } while (NextToken !== undefined);

    expect(seen).to.deep.equal([
      [[50, 40, 30, 20], []],
      [[10], [50, 40, 30]],
      [[], [20, 10]],
    ]);
  });

  it("gives all statistics of long periods", async () => {
    const world = await fiveMinutes();
    const answer = await world.call("GetMetricStatistics", {
      Namespace: "Shop",
      MetricName: "Load",
      Dimensions: dimensions,
      StartTime: at(0),
      EndTime: at(5),
      Period: 300,
      Statistics: ["SampleCount", "Average", "Sum", "Minimum", "Maximum"],
      ExtendedStatistics: ["p50", "p90", "tm80", "TC(20:40)"],
    });

    expect(answer).to.deep.equal({
      Label: "Load",
      Datapoints: [
        {
          Timestamp: at(0),
          SampleCount: 5,
          Average: 30,
          Sum: 150,
          Minimum: 10,
          Maximum: 50,
          Unit: "Count",
          ExtendedStatistics: { p50: 30, p90: 50, tm80: 25, "TC(20:40)": 2 },
        },
      ],
    });
  });

  it("has no percentile of statistic sets, unless all their samples are alike, nor of negative values", async () => {
    const world = new WatchedWorld();
    const put = (MetricName: string, datum: Input) => ({ MetricName, Timestamp: at(0), ...datum });
    const set = (Minimum: number, Maximum: number, Sum: number) => ({
      StatisticValues: { SampleCount: "4", Sum, Minimum, Maximum },
    });
    await world.call("PutMetricData", {
      Namespace: "Shop",
      MetricData: [put("mixed", set(1, 3, 8)), put("alike", set(2, 2, 8)), put("negative", { Values: [-1, 5] })],
    });
    const ask = (MetricName: string) =>
      world.call("GetMetricStatistics", {
        Namespace: "Shop",
        MetricName,
        StartTime: at(0),
        EndTime: at(1),
        Period: 60,
        Statistics: ["Sum"],
        ExtendedStatistics: ["p50"],
      });
    const found = await Promise.all(["mixed", "alike", "negative"].map(ask));

    expect(
      found
        .map(({ Datapoints }) => (Datapoints as Answer[])[0])
        .map((point) => [point?.["Sum"], point?.["ExtendedStatistics"]]),
    ).to.deep.equal([
      [8, {}],
      [8, { p50: 2 }],
      [4, {}],
    ]);
  });

  it("weighs values by their counts", async () => {
    const world = new WatchedWorld();
    const MetricData = [{ MetricName: "Load", Timestamp: at(0), Values: ["1", "100"], Counts: ["99", "1"] }];
    await world.call("PutMetricData", { Namespace: "Shop", MetricData });
    const bare = { Metric: { Namespace: "Shop", MetricName: "Load" } };
    const { MetricDataResults } = await world.call("GetMetricData", {
      MetricDataQueries: ["p99", "p99.5", "Average"].map((Stat, index) => ({
        Id: `m${index}`,
        MetricStat: stat({ ...bare, Stat }),
      })),
      StartTime: at(0),
      EndTime: at(1),
    });

    expect((MetricDataResults as Answer[]).map((line) => line["Values"])).to.deep.equal([[1], [100], [1.99]]);
  });

  it("lists metrics by name and dimension, also those that others measured", async () => {
    const world = await fiveMinutes();
    const datum = {
      namespace: "AWS/ECS",
      name: "CPUUtilization",
      dimensions: { ClusterName: "c" },
      values: [1],
      at: at(0),
    };
    world.cloudWatch.sink.put([{ ...caller, ...datum }]);
    const names = async (input: Input): Promise<unknown> =>
      ((await world.call("ListMetrics", input))["Metrics"] as Answer[]).map((metric) => metric["MetricName"]);

    expect([
      await names({}),
      await names({ Namespace: "Shop" }),
      await names({ Dimensions: [{ Name: "ClusterName" }] }),
      await names({ Dimensions: [{ Name: "Service", Value: "api" }] }),
    ]).to.deep.equal([["CPUUtilization", "Load"], ["Load"], ["CPUUtilization"], []]);
  });

  it("refuses questions that would cost too much, or make no sense", async () => {
    const world = new WatchedWorld();
    const range = { StartTime: at(0), EndTime: at(60 * 24 * 2), Period: 60, Statistics: ["Sum"] };
    const metric = { Namespace: "Shop", MetricName: "Load" };
    const data = { MetricDataQueries: [{ Id: "m", MetricStat: stat() }], StartTime: at(0), EndTime: at(1) };

    expect(
      [
        await world.fault("GetMetricStatistics", { ...metric, ...range }),
        await world.fault("GetMetricStatistics", { ...metric, ...range, EndTime: at(-1) }),
        await world.fault("GetMetricStatistics", { ...metric, ...range, Statistics: undefined }),
        await world.fault("GetMetricData", { ...data, StartTime: new Date(0), EndTime: at(1_000_000_000) }),
        await world.fault("GetMetricData", { ...data, MetricDataQueries: [{ Id: "e", Expression: "e + 1" }] }),
        await world.fault("GetMetricData", { ...data, StartTime: "yesterday" }),
      ].map((text) => text.split(":")[0]),
    ).to.deep.equal([
      "InvalidParameterCombination 400",
      "InvalidParameterCombination 400",
      "MissingParameter 400",
      "ValidationError 400",
      "ValidationError 400",
      "ValidationError 400",
    ]);
  });
});
