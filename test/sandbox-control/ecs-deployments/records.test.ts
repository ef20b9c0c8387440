import { expect } from "chai";
import type { ShiftView } from "../../../sandbox/ecs/shifting/model";
import type { Answer } from "../../../sandbox/model/service-api";
import {
  clusterArn,
  counts,
  deployment,
  deploymentArn,
  monitors,
  revision,
  revisionArn,
  service,
  serviceArn,
  setUp,
} from "./deployment-world";

const at = (seconds: number) => new Date(Date.parse("2026-01-01T00:00:00Z") + seconds * 1000);

/** Members that are undefined are not sent. */
const sent = (answer: Answer): unknown => JSON.parse(JSON.stringify(answer));

const has = (members: Answer) => sent(members) as Record<string, unknown>;

describe("the record of a service deployment", () => {
  it("is, for a first deployment that succeeds, what AWS' sample shows", async () => {
    const { tell, clock, describe: described, state } = setUp();
    tell("first", { kind: "created", revision: revision("1") });
    await clock.advance(2000);
    tell("first", { kind: "started" });
    await clock.advance(90_000);
    const done = { ...monitors, circuitBreaker: { ...monitors.circuitBreaker, status: "MONITORING_COMPLETE" } };
    tell("first", {
      kind: "finished",
      outcome: "successful",
      target: counts("1", { running: 1, pending: 0 }),
      monitors: done,
    });

    expect(sent(await described("first"))).to.deep.equal(
      sent({
        serviceDeploymentArn: deploymentArn("first"),
        serviceArn,
        clusterArn,
        createdAt: at(0),
        startedAt: at(2),
        finishedAt: at(92),
        updatedAt: at(92),
        sourceServiceRevisions: [],
        targetServiceRevision: {
          arn: revisionArn("1"),
          requestedTaskCount: 1,
          runningTaskCount: 1,
          pendingTaskCount: 0,
        },
        status: "SUCCESSFUL",
        deploymentConfiguration: state.service?.deploymentConfiguration,
        deploymentCircuitBreaker: { status: "MONITORING_COMPLETE", failureCount: 0, threshold: 3 },
        alarms: { status: "DISABLED" },
      }),
    );
  });

  it("tells the counts of now while it goes on, and those of the end afterwards", async () => {
    const { tell, state, describe: described } = setUp();
    const told = async () => (await described("first"))["targetServiceRevision"] as Answer;
    tell("first", { kind: "created", revision: revision("1") });
    state.service = service({ deployments: [deployment("1", { desiredCount: 3, runningCount: 2, pendingCount: 1 })] });
    const during = await told();
    tell("first", {
      kind: "finished",
      outcome: "successful",
      target: counts("1", { requested: 3, running: 3, pending: 0 }),
    });
    state.service = service({ deployments: [deployment("1", { desiredCount: 9, runningCount: 9 })] });

    expect([during, await told()].map(has)).to.deep.equal([
      { arn: revisionArn("1"), requestedTaskCount: 3, runningTaskCount: 2, pendingTaskCount: 1 },
      { arn: revisionArn("1"), requestedTaskCount: 3, runningTaskCount: 3, pendingTaskCount: 0 },
    ]);
  });

  it("says what was rolled back, why and to what", async () => {
    const { tell, clock, describe: described } = setUp();
    tell("second", { kind: "created", revision: revision("2"), sources: [counts("1")] });
    tell("second", { kind: "started", sources: [counts("1")] });
    await clock.advance(60_000);
    tell("second", { kind: "failed", reason: "tasks failed to start.", rollback: true });
    tell("second", { kind: "rollback-started", reason: "tasks failed to start.", to: revision("1") });
    const during = (await described("second"))["status"];
    await clock.advance(60_000);
    tell("second", { kind: "finished", outcome: "rolled-back" });

    const reason = "Service deployment rolled back because the circuit breaker threshold was exceeded.";
    const end = await described("second");
    expect(during).to.equal("ROLLBACK_IN_PROGRESS");
    expect(
      has({
        stop: end["stoppedAt"],
        status: end["status"],
        why: end["statusReason"],
        rollback: end["rollback"],
        end: end["finishedAt"],
      }),
    ).to.deep.equal(
      sent({
        status: "ROLLBACK_SUCCESSFUL",
        why: reason,
        rollback: { reason, startedAt: at(60), serviceRevisionArn: revisionArn("1") },
        end: at(120),
      }),
    );
  });

  it("of one that may not be rolled back is that of one that stopped", async () => {
    const { tell, describe: described } = setUp();
    tell("second", { kind: "created", revision: revision("2") });
    tell("second", { kind: "failed", reason: "tasks failed to start.", rollback: false });

    const { status, statusReason, stoppedAt } = await described("second");
    expect({ status, statusReason, stoppedAt }).to.deep.equal({
      status: "STOPPED",
      statusReason: "Service deployment failed because the circuit breaker threshold was exceeded.",
      stoppedAt: at(0),
    });
  });

  it("of a first deployment that fails says that there was nothing to go back to", async () => {
    const { tell, describe: described } = setUp();
    tell("first", { kind: "created", revision: revision("1") });
    tell("first", { kind: "failed", reason: "tasks failed to start.", rollback: true });
    tell("first", { kind: "finished", outcome: "rollback-failed" });

    const { status, statusReason } = await described("first");
    expect({ status, statusReason }).to.deep.equal({
      status: "ROLLBACK_FAILED",
      statusReason: "No rollback candidate was found to run the rollback.",
    });
  });

  it("of a shift has its stage, the shares of both revisions and the hooks that wait", async () => {
    const { tell, state, describe: described } = setUp();
    const shift: ShiftView = {
      stage: "PRODUCTION_TRAFFIC_SHIFT",
      direction: "forward",
      production: 10,
      test: 100,
      tasks: { blue: "wanted", green: "wanted", others: "none" },
    };
    const past: ShiftView = { ...shift, stage: "CLEAN_UP", production: 100, outcome: "SUCCESSFUL" };
    state.service = service({
      deployments: [
        deployment("2", { serviceDeploymentArn: deploymentArn("second"), shift }),
        deployment("1", { status: "ACTIVE", shift: past }),
      ],
    });
    tell("second", { kind: "created", revision: revision("2"), target: counts("2"), sources: [counts("1")] });
    tell("second", { kind: "progressed", target: counts("2"), sources: [counts("1", { productionWeight: 100 })] });
    state.hooks = [
      {
        id: "ecs-pause-abc",
        hook: { targetType: "PAUSE", stages: ["POST_SCALE_UP"], timeoutMinutes: 60, timeoutAction: "ROLLBACK" },
        stage: "POST_SCALE_UP",
        status: "AWAITING_ACTION",
        expiresAt: at(3600),
      },
    ];

    const { lifecycleStage, lifecycleHookDetails, targetServiceRevision, sourceServiceRevisions } =
      await described("second");
    const shares = ({ requestedProductionTrafficWeight, requestedTestTrafficWeight }: Answer) => [
      requestedProductionTrafficWeight,
      requestedTestTrafficWeight,
    ];
    expect({
      lifecycleStage,
      hooks: sent(lifecycleHookDetails as Answer),
      shares: [targetServiceRevision as Answer, ...(sourceServiceRevisions as Answer[])].map(shares),
    }).to.deep.equal({
      lifecycleStage: "PRODUCTION_TRAFFIC_SHIFT",
      hooks: [
        {
          hookId: "ecs-pause-abc",
          targetType: "PAUSE",
          status: "AWAITING_ACTION",
          expiresAt: "2026-01-01T01:00:00.000Z",
          timeoutAction: "ROLLBACK",
        },
      ],
      shares: [
        [10, 100],
        [90, 0],
      ],
    });
  });

  it("goes with its service", async () => {
    const { tell, observer, ask } = setUp();
    tell("first", { kind: "created", revision: revision("1") });
    observer.forget(serviceArn);

    expect([
      await ask("DescribeServiceDeployments", { serviceDeploymentArns: [deploymentArn("first")] }),
      await ask("DescribeServiceRevisions", { serviceRevisionArns: [revisionArn("1")] }),
    ]).to.deep.equal([
      { serviceDeployments: [], failures: [{ arn: deploymentArn("first"), reason: "MISSING" }] },
      { serviceRevisions: [], failures: [{ arn: revisionArn("1"), reason: "MISSING" }] },
    ]);
  });

  it("is kept for 90 days", async () => {
    const { tell, clock, ask } = setUp();
    tell("first", { kind: "created", revision: revision("1") });
    await clock.advance(91 * 24 * 3_600_000);
    tell("second", { kind: "created", revision: revision("2") });

    const { serviceDeployments } = await ask("ListServiceDeployments", { cluster: "main", service: "web" });
    expect((serviceDeployments as Answer[]).map((one) => one["serviceDeploymentArn"])).to.deep.equal([
      deploymentArn("second"),
    ]);
  });
});
