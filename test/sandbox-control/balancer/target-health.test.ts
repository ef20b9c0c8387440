import { expect } from "chai";
import type { Operation } from "../../../sandbox/model/service-api";
import type { TargetHealth } from "../../../sandbox/model/targets";
import { BalancerWorld } from "./balancer-world";
import { groupArn, scope } from "./told-cloud";

const arn = groupArn("blue");
const target = { id: "127.3.1.1", port: 8080 };
const used = { listeners: [{ weights: { blue: 1, green: 0 } }], groups: { blue: {}, green: {} } };

describe("the health of targets", () => {
  let world: BalancerWorld;
  beforeEach(async () => {
    world = new BalancerWorld();
    await world.set(used);
  });
  afterEach(() => world.close());

  const health = (): readonly TargetHealth[] => world.balancer.targets.health(arn);

  it("goes from registration over the first check to healthy, and tells each step", async () => {
    const steps: (TargetHealth | undefined)[] = [];
    world.balancer.targets.onHealthChange(() => steps.push(health()[0]));
    world.balancer.targets.register(arn, target);
    await world.clock.advance(4_000);

    expect(steps).to.deep.equal([
      {
        ...target,
        state: "initial",
        reason: "Elb.RegistrationInProgress",
        description: "Target registration is in progress",
      },
      {
        ...target,
        state: "initial",
        reason: "Elb.InitialHealthChecking",
        description: "Initial health checks in progress",
      },
      { ...target, state: "healthy" },
    ]);
  });

  it("is checked for a group of weight 0 as well: it is in use", async () => {
    world.balancer.targets.register(groupArn("green"), target);
    await world.clock.advance(4_000);
    expect(world.balancer.targets.health(groupArn("green"))).to.deep.equal([{ ...target, state: "healthy" }]);
  });

  it("is unused while no rule points at the group, and begins when one does", async () => {
    await world.set({ groups: { blue: {} } });
    world.balancer.targets.register(arn, target);
    await world.clock.advance(60_000);
    expect(health()).to.deep.equal([
      {
        ...target,
        state: "unused",
        reason: "Target.NotInUse",
        description: "Target group is not configured to receive traffic from the load balancer",
      },
    ]);
    expect(world.balancer.targets.group(arn)).to.deep.equal({ hasLoadBalancer: false });

    await world.set(used);
    await world.clock.advance(4_000);
    expect(health()).to.deep.equal([{ ...target, state: "healthy" }]);
    expect(world.balancer.targets.group(arn)).to.deep.equal({ hasLoadBalancer: true });
  });

  it("follows the interval: two failures are one interval apart", async () => {
    await world.serve(arn, target);
    world.outcomes.set(target.id, { kind: "failed" });
    await world.clock.advance(30_000);
    expect(health()[0]?.state).to.equal("healthy");
    await world.clock.advance(30_000);
    expect(health()).to.deep.equal([
      { ...target, state: "unhealthy", reason: "Target.FailedHealthChecks", description: "Health checks failed" },
    ]);
  });

  it("times out for a target whose network is lost, in the sandbox's time", async () => {
    await world.serve(arn, target);
    world.lost.add(target.id);
    await world.clock.advance(66_000);
    expect(health()).to.deep.equal([
      { ...target, state: "unhealthy", reason: "Target.Timeout", description: "Request timed out" },
    ]);
  });

  it("never leaves this machine: every other address is as good as lost", async () => {
    world.balancer.targets.register(arn, { id: "10.0.0.5", port: 80 });
    await world.clock.advance(70_000);
    expect(health()[0]?.reason).to.equal("Target.Timeout");
  });

  it("drains for the whole delay although nothing is in flight, and is gone then", async () => {
    await world.serve(arn, target);
    world.balancer.targets.deregister(arn, target);
    await world.balancer.targets.drained(arn, target);
    await world.clock.advance(299_000);
    expect(health()).to.deep.equal([
      {
        ...target,
        state: "draining",
        reason: "Target.DeregistrationInProgress",
        description: "Target deregistration is in progress",
      },
    ]);
    await world.clock.advance(1_000);
    expect(health()).to.deep.equal([]);
  });

  it("is not touched by a check that ends after the deregistration", async () => {
    let end: (() => void) | undefined;
    const slow = new BalancerWorld({
      probe: () => new Promise((resolve) => (end = () => resolve({ kind: "answer", status: 200 }))),
    });
    await slow.set(used);
    slow.balancer.targets.register(arn, target);
    await slow.clock.advance(4_000);
    slow.balancer.targets.deregister(arn, target);
    end?.();
    await slow.clock.advance(1_000);
    expect(slow.balancer.targets.health(arn)[0]?.state).to.equal("draining");
    await slow.close();
  });

  it("lets no listener's fault keep the others from hearing", async () => {
    let heard = 0;
    world.balancer.targets.onHealthChange(() => {
      throw new Error("broken");
    });
    world.balancer.targets.onHealthChange(() => void heard++);
    world.balancer.targets.register(arn, target);
    expect({ heard, lines: world.lines }).to.deep.equal({
      heard: 1,
      lines: ["a listener of target health failed: Error: broken"],
    });
  });

  describe("in the API", () => {
    const caller = { ...scope, accessKeyId: "SANDBOX123456789012" };
    const call = async (name: string, input: object): Promise<unknown> => {
      const operation = world.balancer.api.operations[name] as Extract<Operation, { kind: "own" }>;
      return operation.answer(input as Record<string, unknown>, caller);
    };
    const refusal = async (name: string, input: object): Promise<unknown> =>
      call(name, input).then(
        () => "no error",
        ({ code, message, status }: { code: string; message: string; status: number }) => ({ code, message, status }),
      );

    it("registers with texts for numbers and with the group's port when none is given", async () => {
      await call("RegisterTargets", {
        TargetGroupArn: arn,
        Targets: [{ Id: "127.3.1.2", Port: "81" }, { Id: "127.3.1.3" }],
      });
      expect(health().map(({ id, port }) => ({ id, port }))).to.deep.equal([
        { id: "127.3.1.2", port: 81 },
        { id: "127.3.1.3", port: 8080 },
      ]);
    });

    it("describes ports of targets as numbers and the checked port as a text", async () => {
      await world.serve(arn, target);
      expect(await call("DescribeTargetHealth", { TargetGroupArn: arn })).to.deep.equal({
        TargetHealthDescriptions: [
          {
            Target: { Id: "127.3.1.1", Port: 8080 },
            HealthCheckPort: "8080",
            TargetHealth: { State: "healthy", Reason: undefined, Description: undefined },
          },
        ],
      });
    });

    it("describes a target that is asked for and not registered as unused", async () => {
      expect(
        await call("DescribeTargetHealth", { TargetGroupArn: arn, Targets: [{ Id: "127.9.9.9", Port: "80" }] }),
      ).to.deep.equal({
        TargetHealthDescriptions: [
          {
            Target: { Id: "127.9.9.9", Port: 80 },
            HealthCheckPort: undefined,
            TargetHealth: {
              State: "unused",
              Reason: "Target.NotRegistered",
              Description: "Target is not registered to the target group",
            },
          },
        ],
      });
    });

    it("deregisters in silence what is not there", async () => {
      expect(await call("DeregisterTargets", { TargetGroupArn: arn, Targets: [{ Id: "127.9.9.9" }] })).to.deep.equal(
        {},
      );
    });

    it("refuses a group that does not exist, everywhere", async () => {
      const missing = { code: "TargetGroupNotFound", message: "One or more target groups not found", status: 400 };
      const input = { TargetGroupArn: groupArn("gone"), Targets: [{ Id: "127.3.1.1" }] };
      const names = ["RegisterTargets", "DeregisterTargets", "DescribeTargetHealth"];
      expect(await Promise.all(names.map((name) => refusal(name, input)))).to.deep.equal([missing, missing, missing]);
    });

    it("refuses an address that is none, and registers none of the others then", async () => {
      expect(
        await refusal("RegisterTargets", { TargetGroupArn: arn, Targets: [{ Id: "127.3.1.4" }, { Id: "i-123" }] }),
      ).to.deep.equal({
        code: "InvalidTarget",
        message: "The following targets are not valid IP addresses: 'i-123'",
        status: 400,
      });
      expect(health()).to.deep.equal([]);
    });

    it("refuses an address again until its delay is over", async () => {
      await world.serve(arn, target);
      const input = { TargetGroupArn: arn, Targets: [{ Id: target.id, Port: "8080" }] };
      await call("DeregisterTargets", input);
      expect(((await refusal("RegisterTargets", input)) as { code: string }).code).to.equal("InvalidTarget");
      await world.clock.advance(300_000);
      expect(await call("RegisterTargets", input)).to.deep.equal({});
    });

    for (const input of [
      {},
      { TargetGroupArn: arn },
      { TargetGroupArn: arn, Targets: "x" },
      { TargetGroupArn: arn, Targets: [{ Id: "127.1.1.1", Port: "many" }] },
    ]) {
      it(`refuses RegisterTargets with ${JSON.stringify(input)} as a validation error`, async () => {
        expect(((await refusal("RegisterTargets", input)) as { code: string }).code).to.equal("ValidationError");
      });
    }
  });
});
