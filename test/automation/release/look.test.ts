import { expect } from "chai";
import { CloudError } from "../../../automation/model/cloud-error";
import type { ServicePlan } from "../../../automation/model/release/plan";
import { lookAt } from "../../../automation/release/look";
import { fakeContext } from "../../_fakes/fake-context";
import { aJournal, aPlan, goodFacts } from "../../_helpers/a-journal";
import { aDeployment, aService, aTarget } from "../../_helpers/a-shop-release";

/** Both slots of `web` at AWS. */
function world(plan: ServicePlan = aPlan()) {
  const context = fakeContext();
  const [blue, green] = [aService("web-blue"), aService("web-green")];
  context.containers.services.set("web-blue", blue);
  context.containers.services.set("web-green", green);
  context.traffic.members.set("arn:blue", [aTarget("1")]);
  context.traffic.members.set("arn:green", [aTarget("2", "unhealthy")]);
  const look = lookAt(context, plan);
  return {
    context,
    blue,
    green,
    /** With so many facts of a good release on record. */
    after: (facts: number, peers: "none" | "failed" = "none") =>
      look(aJournal({ plan, facts: goodFacts.slice(0, facts) }), peers),
  };
}

describe("looking at AWS", () => {
  it("asks nothing but the services where nothing else is needed", async () => {
    const { context, blue, green, after } = world();
    const seen = await after(1);
    expect([seen, context.log]).to.deep.equal([
      {
        kind: "seen",
        peers: "none",
        slots: { blue: { service: blue, targets: [] }, green: { service: green, targets: [] } },
      },
      ["describe shop web-blue web-green"],
    ]);
  });

  it("asks for targets, weights and alarms while the new version serves", async () => {
    const { context, blue, green, after } = world();
    const seen = await after(7, "failed");
    expect(seen).to.deep.equal({
      kind: "seen",
      peers: "failed",
      slots: {
        blue: { service: blue, targets: [[aTarget("1")]] },
        green: { service: green, targets: [[aTarget("2", "unhealthy")]] },
      },
      routes: [{ arn: "arn:rule", weights: { blue: 100, green: 0 } }],
      alarms: [{ name: "web-5xx", state: "OK", reason: "" }],
    });
    expect(context.log.filter((line) => line.startsWith("figures"))).to.deep.equal([]);
  });

  it("compares both sides since the step began, where that is wanted", async () => {
    const compare = { minimumRequests: 10, maxErrorPoints: 1, maxLatencyRatio: 1.5 };
    const { context, after } = world(aPlan({ compare, loadBalancer: "app/shop/1" }));
    await context.clock.sleep(Date.parse("2026-01-01T00:01:31.000Z"));
    const seen = await after(7);
    expect(seen.kind === "seen" && Object.keys(seen.comparison ?? {}).sort()).to.deep.equal(["fresh", "old"]);
    expect(context.log.filter((line) => line.startsWith("figures"))[0]).to.contain("2026-01-01T00:00:31.000Z");
  });

  it("leaves out a service that is not there", async () => {
    const { context, blue, after } = world();
    context.containers.services.delete("web-green");
    const seen = await after(1);
    expect(seen.kind === "seen" && seen.slots).to.deep.equal({ blue: { service: blue, targets: [] } });
  });

  it("asks why tasks have stopped when more have than it knows of, and remembers the answer", async () => {
    const { context, after } = world();
    const failing = (failedTasks: number): void => {
      const deployments = [aDeployment({ id: "ecs-svc/2", failedTasks })];
      context.containers.services.set("web-green", aService("web-green", { deployments }));
    };
    const asked = (): number => context.log.filter((line) => line.startsWith("stoppedTasks")).length;
    const counts: number[] = [];
    for (const failures of [0, 1, 1, 2]) {
      failing(failures);
      await after(4);
      counts.push(asked());
    }
    expect(counts).to.deep.equal([0, 1, 1, 2]);
    failing(2);
    const seen = await after(4);
    expect([seen.kind === "seen" && seen.crash !== undefined, asked()]).to.deep.equal([true, 2]);
  });

  it("is blind since the first answer that did not come, until one comes", async () => {
    const { context, after } = world();
    const slow = new CloudError("transient", "ecs:DescribeServices", "Throttling", "slow down");
    context.containers.failures.push(slow, slow, null, slow);
    const seen = [];
    for (let looks = 0; looks < 4; looks++) {
      await context.clock.sleep(5_000);
      seen.push(await after(1));
    }
    const blind = { kind: "blind", error: "ecs:DescribeServices: slow down", peers: "none" };
    expect([seen[0], seen[1], seen[2]?.kind, seen[3]]).to.deep.equal([
      { ...blind, since: "1970-01-01T00:00:05.000Z" },
      { ...blind, since: "1970-01-01T00:00:05.000Z" },
      "seen",
      { ...blind, since: "1970-01-01T00:00:20.000Z" },
    ]);
  });

  it("does not take a fault of its own for silence of AWS", async () => {
    const { context, after } = world();
    context.containers.failures.push(new TypeError("a bug"));
    const error: unknown = await after(1).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(TypeError);
  });
});
