import { expect } from "chai";
import { createAutoscaling } from "../../../sandbox/autoscaling/autoscaling";
import { scalingCloudWatch } from "../../../sandbox/autoscaling/cloudwatch-port";
import { createCloudWatch } from "../../../sandbox/cloudwatch/cloudwatch";
import type { Input } from "../../../sandbox/model/service-api";
import { FakeMoto } from "../../_fakes/fake-moto";
import { FakeSandboxClock } from "../../_fakes/fake-sandbox-clock";
import { deployment, service } from "../ecs-deployments/deployment-world";
import { caller, cpuPolicy, target } from "./scaling-world";

const minute = 60_000;

/** A service whose tasks share a load, and the real alarms. */
async function setUp() {
  const clock = new FakeSandboxClock();
  const moto = new FakeMoto({});
  let web = service({
    deployments: [deployment("1", { rolloutState: "COMPLETED" })],
    desiredCount: 2,
    runningCount: 2,
  });
  const world = { load: 60, set: [] as string[] };
  const loads = () => [
    {
      ...caller,
      clusterName: "main",
      serviceName: "web",
      desired: web.desiredCount,
      running: web.runningCount,
      pending: 0,
      deployments: 1,
      use: Array.from({ length: web.runningCount }, () => ({
        cpuPercent: world.load / web.runningCount,
        memoryPercent: 10,
      })),
    },
  ];
  const cloudWatch = createCloudWatch({
    clock,
    moto,
    sources: { clusters: () => [], services: loads },
    log: () => undefined,
  });
  const { api } = createAutoscaling({
    clock,
    moto,
    cloudWatch: scalingCloudWatch(cloudWatch, clock),
    services: {
      get: () => web,
      async update(_scope, { desiredCount }) {
        const count = Number(desiredCount);
        world.set.push(`${clock.now().toISOString().slice(11, 16)} ${count}`);
        web = { ...web, desiredCount: count, runningCount: count };
        return web;
      },
    },
  });
  const ask = async (operation: string, input: Input) => {
    const own = api.operations[operation];
    return own?.kind === "own" ? own.answer(input, caller) : {};
  };
  await ask("RegisterScalableTarget", { ...target, MinCapacity: 1, MaxCapacity: 10 });
  await ask("PutScalingPolicy", cpuPolicy);
  return { clock, world };
}

describe("autoscaling on real alarms", () => {
  it("scales out after three minutes over the target, and in after fifteen well below it", async () => {
    const { clock, world } = await setUp();
    await clock.advance(30 * minute);
    world.set.length = 0;
    world.load = 400;
    const start = clock.now().getTime();
    await clock.advance(20 * minute);
    const out = [...world.set];
    world.load = 100;
    await clock.advance(40 * minute);

    const minutesAfter = (text: string) => (Date.parse(`2026-01-01T${text.slice(0, 5)}:00Z`) - start) / minute;
    expect(out.map((text) => text.slice(6))).to.deep.equal(["8"]);
    expect(minutesAfter(out[0] ?? "")).to.be.within(2, 4);
    expect(world.set.slice(1).map((text) => text.slice(6))).to.deep.equal(["2"]);
    expect(minutesAfter(world.set[1] ?? "")).to.be.within(35, 38);
  });

  it("leaves a count alone that fits its load", async () => {
    const { clock, world } = await setUp();
    world.load = 95;
    await clock.advance(120 * minute);

    expect(world.set).to.deep.equal([]);
  });
});
