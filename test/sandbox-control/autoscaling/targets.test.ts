import { expect } from "chai";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import type { Answer } from "../../../sandbox/model/service-api";
import { caller, cpuPolicy, refusal, setUp, target } from "./scaling-world";

const register = { ...target, MinCapacity: 2, MaxCapacity: 6 };

describe("a scalable target", () => {
  it("takes a count below its range up at once, and tells of it", async () => {
    const { ask, ecs, settle, clock, activities } = setUp({ desired: 0 });
    await ask("RegisterScalableTarget", register);
    const [before] = await activities();
    settle();
    await clock.advance(10_000);
    const [after] = await activities();

    expect(ecs.updates).to.deep.equal([{ cluster: "main", service: "web", desiredCount: 2 }]);
    expect([before, after].map((one) => ({ ...one, ActivityId: "" }))).to.deep.equal([
      {
        ...target,
        ActivityId: "",
        Description: "Setting desired count to 2.",
        Cause: "minimum capacity was set to 2",
        StartTime: new Date("2026-01-01T00:00:00Z"),
        EndTime: undefined,
        StatusCode: "InProgress",
        StatusMessage: "Successfully set desired count to 2. Waiting for change to be fulfilled by ecs.",
        NotScaledReasons: undefined,
      },
      {
        ...target,
        ActivityId: "",
        Description: "Setting desired count to 2.",
        Cause: "minimum capacity was set to 2",
        StartTime: new Date("2026-01-01T00:00:00Z"),
        EndTime: new Date("2026-01-01T00:00:10Z"),
        StatusCode: "Successful",
        StatusMessage: "Successfully set desired count to 2. Change successfully fulfilled by ecs.",
        NotScaledReasons: undefined,
      },
    ]);
  });

  it("takes a count above its range down, and leaves one within alone", async () => {
    const above = setUp({ desired: 9 });
    await above.ask("RegisterScalableTarget", register);
    const within = setUp({ desired: 4 });
    await within.ask("RegisterScalableTarget", register);

    expect(above.ecs.updates.map(({ desiredCount }) => desiredCount)).to.deep.equal([6]);
    expect((await above.activities())[0]?.["Cause"]).to.equal("maximum capacity was set to 6");
    expect(within.ecs.updates).to.deep.equal([]);
  });

  it("is told as it was registered, and keeps what a later call leaves out", async () => {
    const { ask } = setUp();
    await ask("RegisterScalableTarget", { ...register, Tags: { team: "shop" } });
    const { ScalableTargetARN } = await ask("RegisterScalableTarget", {
      ...target,
      MaxCapacity: 8,
      SuspendedState: { DynamicScalingInSuspended: true },
    });
    const { ScalableTargets } = await ask("DescribeScalableTargets", { ServiceNamespace: "ecs" });
    const { Tags } = await ask("ListTagsForResource", { ResourceARN: ScalableTargetARN });

    expect(ScalableTargets).to.deep.equal([
      {
        ...target,
        MinCapacity: 2,
        MaxCapacity: 8,
        RoleARN:
          "arn:aws:iam::123456789012:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService",
        CreationTime: new Date("2026-01-01T00:00:00Z"),
        SuspendedState: {
          DynamicScalingInSuspended: true,
          DynamicScalingOutSuspended: false,
          ScheduledScalingSuspended: false,
        },
        ScalableTargetARN,
      },
    ]);
    expect(Tags).to.deep.equal({ team: "shop" });
    expect(ScalableTargetARN).to.match(
      /^arn:aws:application-autoscaling:eu-central-1:123456789012:scalable-target\/[0-9a-f]{36}$/,
    );
  });

  it("can be tagged and untagged", async () => {
    const { ask } = setUp();
    const { ScalableTargetARN: ResourceARN } = await ask("RegisterScalableTarget", register);
    await ask("TagResource", { ResourceARN, Tags: { a: "1", b: "2" } });
    await ask("UntagResource", { ResourceARN, TagKeys: ["a"] });

    expect(await ask("ListTagsForResource", { ResourceARN })).to.deep.equal({ Tags: { b: "2" } });
  });

  it("takes its policies and their alarms with it", async () => {
    const { ask, cloudWatch } = setUp();
    await ask("RegisterScalableTarget", register);
    await ask("PutScalingPolicy", cpuPolicy);
    await ask("DeregisterScalableTarget", target);

    expect([...cloudWatch.alarms.keys()]).to.deep.equal([]);
    expect(await ask("DescribeScalingPolicies", { ServiceNamespace: "ecs" })).to.deep.include({ ScalingPolicies: [] });
    expect(await refusal(ask("DeregisterScalableTarget", target))).to.equal(
      "ObjectNotFoundException: No scalable target found for service namespace: ecs, resource ID: service/main/web, scalable dimension: ecs:service:DesiredCount",
    );
  });

  it("belongs to an account", async () => {
    const { ask } = setUp();
    await ask("RegisterScalableTarget", register);
    const other = { ...caller, account: "210987654321" };

    expect(await ask("DescribeScalableTargets", { ServiceNamespace: "ecs" }, other)).to.deep.include({
      ScalableTargets: [],
    });
    expect(await refusal(ask("RegisterScalableTarget", register, other))).to.equal(
      "ValidationException: ECS service doesn't exist: service/main/web",
    );
  });

  const malformed: readonly (readonly [object, RegExp])[] = [
    [{ MinCapacity: undefined }, /both minCapacity and maxCapacity/],
    [{ MinCapacity: 7 }, /Maximum capacity cannot be less than minimum capacity/],
    [{ MinCapacity: -1 }, /validation error/],
    [{ MinCapacity: "2" }, /validation error/],
    [{ ResourceId: "service/web" }, /validation error/],
    [{ ScalableDimension: "ecs:service:Count" }, /validation error/],
    [{ SuspendedState: 7 }, /validation error/],
  ];
  for (const [wrong, problem] of malformed)
    it(`is refused with ${JSON.stringify(wrong)}`, async () => {
      const { ask } = setUp();

      expect(await refusal(ask("RegisterScalableTarget", { ...register, ...wrong })))
        .to.match(/^ValidationException: /)
        .and.match(problem);
    });

  it("of another service is moto's", async () => {
    const { ask, moto } = setUp();
    await refusal(ask("RegisterScalableTarget", { ServiceNamespace: "dynamodb" }));
    await refusal(ask("ListTagsForResource", { ResourceARN: "arn:other" }));

    expect(moto.calls.map(({ name }) => name)).to.deep.equal([
      "AnyScaleFrontendService.RegisterScalableTarget",
      "AnyScaleFrontendService.ListTagsForResource",
    ]);
  });

  it("says so when ECS does not take the count", async () => {
    const { ask, ecs, activities } = setUp({ desired: 0 });
    ecs.fault = new AwsFault("ServiceNotActiveException", "Service was not ACTIVE.");
    await ask("RegisterScalableTarget", register);

    const [{ StatusCode, StatusMessage } = {} as Answer] = await activities();
    expect([StatusCode, StatusMessage]).to.deep.equal([
      "Failed",
      "Failed to set desired count to 2. Reason: Service was not ACTIVE.",
    ]);
  });
});
