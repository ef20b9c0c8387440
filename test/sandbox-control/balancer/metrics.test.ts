import { expect } from "chai";
import { createBalancer } from "../../../sandbox/balancer/balancer";
import { Group } from "../../../sandbox/balancer/groups/group";
import { groupSettings } from "../../../sandbox/balancer/groups/settings";
import { Target } from "../../../sandbox/balancer/groups/target";
import type { Balancer } from "../../../sandbox/balancer/tables";
import { Histogram } from "../../../sandbox/balancer/traffic/histogram";
import { Meter } from "../../../sandbox/balancer/traffic/meter";
import type { Datum } from "../../../sandbox/model/metrics";
import { FakeMoto } from "../../_fakes/fake-moto";
import { FakeSandboxClock } from "../../_fakes/fake-sandbox-clock";
import type { Told } from "../../../sandbox/balancer/door";
import { groupArn, scope, toldCloud } from "./told-cloud";

const balancer = {
  arn: "b",
  scope,
  name: "shop",
  dimension: "app/shop/1",
  zone: "eu-central-1a",
} as unknown as Balancer;
const [told] = (toldCloud({ groups: { blue: {} } }) as unknown as Told).TargetGroups;

/** `Name{L,Z,T}` with what it sums up to, in the order of their names. */
const summed = (data: readonly Datum[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { name, dimensions, values, counts } of data) {
    const letters = Object.keys(dimensions).map((dimension) => dimension.charAt(0).replace("A", "Z"));
    const key = `${name} ${letters.sort().join("")}`;
    const sum = values.reduce((before, value, index) => before + value * (counts?.[index] ?? 1), 0);
    sums[key] = (sums[key] ?? 0) + sum;
  }
  return sums;
};

describe("the metrics of requests", () => {
  const world = () => {
    const data: Datum[] = [];
    const clock = new FakeSandboxClock();
    const meter = new Meter({
      clock,
      metrics: { put: (more) => void data.push(...more) },
      versionOf: ({ id }) => (id === "127.0.0.2" ? "2" : "1"),
      look: () => [],
      log: () => undefined,
    });
    const group = new Group(groupSettings(told as NonNullable<typeof told>));
    const targets = ["127.0.0.1", "127.0.0.2"].map(
      (id) => new Target(id, 80, (port) => ({ host: id, port }), "eu-central-1b", false),
    );
    for (const target of targets) group.targets.set(target.id, target);
    group.refresh();
    return { clock, data, meter, group, targets, one: targets[0] as Target, two: targets[1] as Target };
  };

  it("are told at the end of the minute in which they were counted, however fast the clock goes", async () => {
    const { clock, data, meter, group, one } = world();
    const begun = clock.now().getTime();
    await clock.advance(59_000 - (begun % 60_000));
    meter.sent(balancer, group, one);
    await clock.advance(1_001);
    meter.sent(balancer, group, one);
    const ends = data
      .filter(({ name }) => name === "RequestCount")
      .map(({ at }) => at.getTime() - begun + (begun % 60_000));
    meter.close();
    expect([...new Set(ends)]).to.deep.equal([59_999]);
  });

  it("are published under each combination of dimensions that AWS has, and under no other", () => {
    const { data, meter, group, one } = world();
    for (let count = 0; count < 4; count++) {
      meter.sent(balancer, group, one);
      meter.answeredByTarget(balancer, group, one, count === 0 ? 500 : 204, 20);
      meter.over(one, 204, 25);
    }
    meter.tick();
    meter.close();
    const everywhere = (name: string, sum: number) =>
      Object.fromEntries(["L", "LT", "LTZ", "LZ"].map((set) => [`${name} ${set}`, sum]));
    expect(summed(data)).to.deep.equal({
      ...everywhere("RequestCount", 4),
      ...everywhere("HTTPCode_Target_2XX_Count", 3),
      ...everywhere("HTTPCode_Target_5XX_Count", 1),
      ...everywhere("TargetResponseTime", 0.08),
      "UnhealthyRoutingRequestCount LT": 4,
      "UnhealthyRoutingRequestCount LTZ": 4,
      // Nobody is healthy, so all registered ones share.
      "RequestCountPerTarget T": 2,
      "RequestCountPerTarget TZ": 2,
      "RequestCountPerTarget LT": 2,
      "RequestCountPerTarget LTZ": 2,
    });
    expect(data[0]).to.deep.equal({
      ...scope,
      namespace: "AWS/ApplicationELB",
      name: "RequestCount",
      dimensions: { LoadBalancer: "app/shop/1" },
      at: new Date("2026-01-01T00:00:00Z"),
      values: [1],
      counts: [4],
      unit: "Count",
    });
  });

  it("count what the load balancer answers itself, never under a target group", () => {
    const { data, meter } = world();
    for (const status of [502, 503, 503, 460, 301]) meter.answeredBySelf(balancer, status);
    meter.tick();
    meter.close();
    const both = (name: string, sum: number) => ({ [`${name} L`]: sum, [`${name} LZ`]: sum });
    expect(summed(data)).to.deep.equal({
      ...both("HTTPCode_ELB_5XX_Count", 3),
      ...both("HTTPCode_ELB_502_Count", 1),
      ...both("HTTPCode_ELB_503_Count", 2),
      ...both("HTTPCode_ELB_4XX_Count", 1),
      ...both("HTTPCode_ELB_3XX_Count", 1),
    });
  });

  it("are absent without traffic", () => {
    const { data, meter } = world();
    meter.tick();
    expect(data).to.deep.equal([]);
  });

  it("are no reason to fail when nobody takes them", () => {
    const lines: string[] = [];
    const sink = {
      put: () => {
        throw new Error("full");
      },
    };
    const meter = new Meter({
      clock: new FakeSandboxClock(),
      metrics: sink,
      versionOf: () => "1",
      look: () => [],
      log: (line) => void lines.push(line),
    });
    meter.answeredBySelf(balancer, 503);
    meter.tick();
    meter.close();
    expect(lines).to.deep.equal(["metrics of the load balancers are lost: Error: full"]);
  });

  it("show the last second by version, with its errors", () => {
    const { meter, one, two } = world();
    for (let count = 0; count < 98; count++) meter.over(one, 200, 2);
    meter.over(two, 500, 300);
    meter.over(undefined, 503, 400);
    meter.tick();
    expect(meter.traffic()).to.deep.equal({
      perSecond: 100,
      byVersion: { "1": 98, "2": 1 },
      errors: 2,
      p50: 2,
      p99: 300,
    });
    meter.tick();
    expect(meter.traffic()).to.deep.equal({ perSecond: 0, byVersion: {}, errors: 0 });
  });
});

describe("the metrics of hosts", () => {
  it("come every minute of the sandbox's time while there are targets, and vanish with the last one", async () => {
    const data: Datum[] = [];
    const clock = new FakeSandboxClock();
    const cloud = toldCloud({ listeners: [{ weights: { blue: 1 } }], groups: { blue: {}, idle: {} } });
    const world = createBalancer({
      clock,
      moto: new FakeMoto({ "/slipway/balancers": () => cloud }),
      faults: { isLost: () => false },
      metrics: { put: (more) => void data.push(...more) },
      versionOf: () => "1",
      log: () => undefined,
      zoneOf: ({ id }) => (id.endsWith("1") ? "eu-central-1a" : "eu-central-1b"),
      probe: ({ ip }) => Promise.resolve({ kind: "answer", status: ip.endsWith("1") ? 200 : 500 }),
    });
    await world.reload(scope);
    world.targets.register(groupArn("blue"), { id: "127.0.7.1", port: 80 });
    world.targets.register(groupArn("blue"), { id: "127.0.7.2", port: 80 });
    await clock.advance(60_000);
    expect(summed(data)).to.deep.equal({
      "HealthyHostCount LT": 1,
      "HealthyHostCount LTZ": 1,
      "UnHealthyHostCount LT": 1,
      "UnHealthyHostCount LTZ": 1,
      "RequestCountPerTarget LT": 0,
      "RequestCountPerTarget LTZ": 0,
      "RequestCountPerTarget T": 0,
      "RequestCountPerTarget TZ": 0,
    });

    data.length = 0;
    for (const id of ["127.0.7.1", "127.0.7.2"]) world.targets.deregister(groupArn("blue"), { id, port: 80 });
    await clock.advance(120_000);
    expect(data).to.deep.equal([]);
    await world.close();
  });
});

describe("Histogram", () => {
  it("finds percentiles within a tenth", () => {
    const histogram = new Histogram();
    for (let ms = 1; ms <= 1000; ms++) histogram.add(ms);
    expect([0.5, 0.95, 0.99, 1].map((share) => histogram.percentile(share))).to.deep.equal([500, 950, 990, 1000]);
    expect(new Histogram().percentile(0.5)).to.equal(undefined);
  });
});
