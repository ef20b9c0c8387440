import { expect } from "chai";
import { chooseTarget } from "../../../sandbox/balancer/groups/choose-target";
import { BalancerWorld } from "./balancer-world";
import { Group } from "../../../sandbox/balancer/groups/group";
import { groupSettings } from "../../../sandbox/balancer/groups/settings";
import { Target } from "../../../sandbox/balancer/groups/target";
import type { Told } from "../../../sandbox/balancer/door";
import { groupArn, toldCloud } from "./told-cloud";

const groupOf = (attributes: Record<string, string>, count: number): Group => {
  const [told] = (toldCloud({ groups: { blue: { attributes } } }) as unknown as Told).TargetGroups;
  const group = new Group(groupSettings(told as NonNullable<typeof told>));
  for (let number = 1; number <= count; number++) {
    const target = new Target(`127.0.0.${number}`, 80, (port) => ({ host: "127.0.0.1", port }), "a", false);
    target.verdict = { state: "healthy", passes: 1, failures: 0 };
    group.targets.set(target.id, target);
  }
  group.refresh();
  return group;
};
const chance = (random = 0, now = 0) => ({ random: () => random, now: () => now });
const state = (group: Group, index: number, verdict: "healthy" | "unhealthy" | "initial"): void => {
  const target = [...group.targets.values()][index];
  if (target) target.verdict = { state: verdict, passes: 0, failures: 0 };
  group.refresh();
};

describe("chooseTarget", () => {
  it("gives the next request to whoever has the fewest, in turn among equals", () => {
    const group = groupOf({ "load_balancing.algorithm.type": "least_outstanding_requests" }, 3);
    const counts = new Map<string, number>();
    for (let request = 0; request < 9; request++) {
      const target = chooseTarget(group, chance());
      target?.board({ abort: () => undefined });
      counts.set(target?.id ?? "", (counts.get(target?.id ?? "") ?? 0) + 1);
    }
    expect([...counts.values()]).to.deep.equal([3, 3, 3]);
    const busy = [...group.targets.values()].slice(0, 2);
    for (const target of busy) target.board({ abort: () => undefined });
    expect(chooseTarget(group, chance())?.id).to.equal("127.0.0.3");
  });

  it("lets a target in slow start get a share that grows with the time", () => {
    const group = groupOf({ "slow_start.duration_seconds": "100" }, 2);
    const [, second] = [...group.targets.values()];
    const share = (now: number): number => {
      if (second) second.rampStart = 0;
      const draws = Array.from({ length: 1000 }, (_, index) => chooseTarget(group, chance(index / 1000, now)));
      return draws.filter((target) => target === second).length / 1000;
    };
    expect([0, 50_000, 100_000].map(share).map((one) => one.toFixed(2))).to.deep.equal(["0.01", "0.33", "0.50"]);
  });

  it("has nobody in an empty group", () => {
    expect(chooseTarget(groupOf({}, 0), chance())).to.equal(undefined);
  });
});

describe("the routable targets of a group", () => {
  const minimum = "target_group_health.unhealthy_state_routing.minimum_healthy_targets";
  let world: BalancerWorld | undefined;
  afterEach(() => world?.close());
  const routable = (group: Group): readonly string[] => group.routable.map(({ id }) => id.slice(-1));

  it("are the healthy ones while there is one", () => {
    const group = groupOf({}, 3);
    state(group, 0, "unhealthy");
    state(group, 1, "initial");
    expect([routable(group), group.isFailOpen]).to.deep.equal([["3"], false]);
  });

  it("are all when none is healthy, new ones included", () => {
    const group = groupOf({}, 2);
    state(group, 0, "unhealthy");
    state(group, 1, "initial");
    expect([routable(group), group.isFailOpen]).to.deep.equal([["1", "2"], true]);
  });

  it("are all when fewer are healthy than the group wants, by count or percentage", () => {
    for (const [key, value] of [
      [`${minimum}.count`, "2"],
      [`${minimum}.percentage`, "60"],
    ] as const) {
      const group = groupOf({ [key]: value }, 2);
      expect(group.isFailOpen).to.equal(false);
      state(group, 0, "unhealthy");
      expect([routable(group), group.isFailOpen]).to.deep.equal([["1", "2"], true]);
    }
  });

  it("are not told of slow start for the first ones of a group", async () => {
    world = new BalancerWorld();
    await world.set({
      listeners: [{ weights: { blue: 1 } }],
      groups: { blue: { attributes: { "slow_start.duration_seconds": "100" } } },
    });
    await world.serve(groupArn("blue"), await world.telling("127.3.6.1"), await world.telling("127.3.6.2"));
    await world.serve(groupArn("blue"), await world.telling("127.3.6.3"));
    world.draw = 0.9999;
    const late = (await world.get("/")).body;
    world.draw = 0.5;
    const early = (await world.get("/")).body;
    expect([late, early]).to.deep.equal(["127.3.6.3", "127.3.6.2"]);
  });
});
