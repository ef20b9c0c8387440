import { expect } from "chai";
import { nativeDeployment } from "../../../automation/adapters/ecs-deployment-views";

describe("nativeDeployment", () => {
  it("reads stage, shares, pause and the reason of a rollback", () => {
    expect(
      nativeDeployment({
        serviceDeploymentArn: "sd-1",
        status: "ROLLBACK_IN_PROGRESS",
        statusReason: "alarm detected.",
        lifecycleStage: "POST_TEST_TRAFFIC_SHIFT",
        targetServiceRevision: {
          arn: "rev-2",
          requestedTaskCount: 2,
          runningTaskCount: 1,
          requestedProductionTrafficWeight: 10,
        },
        sourceServiceRevisions: [{ arn: "rev-1", requestedTaskCount: 2, runningTaskCount: 2 }],
        lifecycleHookDetails: [
          {
            hookId: "ecs-pause-1",
            targetType: "PAUSE",
            status: "AWAITING_ACTION",
            expiresAt: new Date("2026-11-22T10:00:00Z"),
            timeoutAction: "CONTINUE",
          },
        ],
        rollback: { reason: "Service deployment rolled back because of it." },
        alarms: { triggeredAlarmNames: ["web-errors"] },
        deploymentCircuitBreaker: { failureCount: 3 },
      }),
    ).to.deep.equal({
      arn: "sd-1",
      status: "ROLLBACK_IN_PROGRESS",
      statusReason: "alarm detected.",
      stage: "POST_TEST_TRAFFIC_SHIFT",
      target: { arn: "rev-2", wanted: 2, running: 1, production: 10 },
      sources: [{ arn: "rev-1", wanted: 2, running: 2, production: 0 }],
      hooks: [
        {
          id: "ecs-pause-1",
          kind: "PAUSE",
          status: "AWAITING_ACTION",
          expiresAt: "2026-11-22T10:00:00.000Z",
          otherwise: "CONTINUE",
        },
      ],
      rollbackReason: "Service deployment rolled back because of it.",
      triggeredAlarms: ["web-errors"],
      failures: 3,
    });
  });

  it("takes what ECS leaves out for nothing, and an unknown stage for none", () => {
    const stage = { lifecycleStage: "NEWER_STAGE" as unknown as "BAKE_TIME" };
    expect(nativeDeployment({ serviceDeploymentArn: "sd-1", status: "IN_PROGRESS", ...stage })).to.deep.equal({
      arn: "sd-1",
      status: "IN_PROGRESS",
      statusReason: "",
      stage: null,
      target: { arn: "", wanted: 0, running: 0, production: 0 },
      sources: [],
      hooks: [],
      rollbackReason: null,
      triggeredAlarms: [],
      failures: 0,
    });
  });
});
