import type { MetricDataResult } from "@aws-sdk/client-cloudwatch";
import { expect } from "chai";
import { figureQueries, sideFigures } from "../../../automation/adapters/metric-figures";

const minute = (index: number): Date => new Date(Date.UTC(2026, 0, 1, 12, index));

const series = (Id: string, ...Values: number[]): MetricDataResult => ({
  Id,
  Timestamps: Values.map((_, index) => minute(index)),
  Values,
});

describe("the figures of target groups", () => {
  it("are asked for by group and load balancer, minute by minute", () => {
    const queries = figureQueries("app/shop/1", ["targetgroup/a/1", "targetgroup/b/2"]);

    expect(queries.map(({ Id }) => Id)).to.deep.equal([
      ...["requests0", "failed0", "refused0", "latency0"],
      ...["requests1", "failed1", "refused1", "latency1"],
    ]);
    expect(queries[7]).to.deep.equal({
      Id: "latency1",
      MetricStat: {
        Metric: {
          Namespace: "AWS/ApplicationELB",
          MetricName: "TargetResponseTime",
          Dimensions: [
            { Name: "TargetGroup", Value: "targetgroup/b/2" },
            { Name: "LoadBalancer", Value: "app/shop/1" },
          ],
        },
        Period: 60,
        Stat: "p95",
      },
      ReturnData: true,
    });
  });

  it("are summed over groups and minutes; latencies weigh as much as they had requests", () => {
    const results = [
      series("requests0", 300, 100),
      series("failed0", 3, 1),
      series("refused0", 2),
      series("latency0", 0.1, 0.2),
      series("requests1", 100),
      series("latency1", 0.4),
    ];

    const figures = sideFigures(results);

    expect(figures).to.deep.equal({ requests: 500, errors: 6, latencyP95: (300 * 0.1 + 100 * 0.2 + 100 * 0.4) / 500 });
  });

  it("are put together from several pages of one query", () => {
    const second = { Id: "requests0", Timestamps: [minute(5)], Values: [7] };

    expect(sideFigures([series("requests0", 1, 2), second]).requests).to.equal(10);
  });

  it("are nothing, and no latency, without requests", () => {
    expect(sideFigures([series("requests0"), series("latency0")])).to.deep.equal({
      requests: 0,
      errors: 0,
      latencyP95: null,
    });
  });

  it("never tell more errors than requests", () => {
    expect(sideFigures([series("requests0", 4), series("failed0", 3), series("refused0", 3)]).errors).to.equal(4);
  });
});
