import { expect } from "chai";
import { createDeploymentRecords } from "../../../sandbox/ecs/deployments/deployment-records";
import type { Answer } from "../../../sandbox/model/service-api";
import { groups, loadBalancer, ServiceWorld } from "../ecs/service-world";
import { caller } from "./deployment-world";

const rule = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/web/1/2/3";

const pair = {
  alternateTargetGroupArn: groups.green,
  productionListenerRule: rule,
  roleArn: "arn:aws:iam::123456789012:role/ecs",
};

/** Records of what the real scheduler tells, over fakes of tasks and targets. */
function setUp() {
  const world = new ServiceWorld();
  const { observer, operations } = createDeploymentRecords({
    clock: world.clock,
    moto: world.moto,
    tasks: world.tasks,
    services: () => world.running.services,
    shifts: { hooks: () => [], continue: () => "not-waiting" },
  });
  let heard = 0;
  const ask = async (operation: string, input: Answer): Promise<Answer> => {
    for (const event of world.told.slice(heard)) observer.observe(event);
    heard = world.told.length;
    const own = operations[operation];
    return own?.kind === "own" ? own.answer(input, caller) : {};
  };
  /** Newest first. */
  const history = async (): Promise<readonly Answer[]> => {
    const { serviceDeployments } = await ask("ListServiceDeployments", { cluster: "main", service: "web" });
    const serviceDeploymentArns = (serviceDeployments as readonly Answer[]).map((one) => one["serviceDeploymentArn"]);
    return (await ask("DescribeServiceDeployments", { serviceDeploymentArns }))[
      "serviceDeployments"
    ] as readonly Answer[];
  };
  return { world, ask, history };
}

const shares = ({ requestedProductionTrafficWeight: production, runningTaskCount: running }: Answer) => ({
  production,
  running,
});

describe("the history of a service", () => {
  it("has a rolling deployment and its circuit breaker's rollback", async () => {
    const { world, history } = setUp();
    await world.create({ deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } } });
    await world.settle();
    world.tasks.plan = ({ taskDefinitionArn }) =>
      taskDefinitionArn.endsWith(":2") ? { failsToStart: "no image" } : {};
    await world.update({ taskDefinition: "web:2" });
    await world.settle(3_600_000);

    expect((await history()).map(({ status, statusReason }) => ({ status, statusReason }))).to.deep.equal([
      {
        status: "ROLLBACK_SUCCESSFUL",
        statusReason: "Service deployment rolled back because the circuit breaker threshold was exceeded.",
      },
      { status: "SUCCESSFUL", statusReason: undefined },
    ]);
  });

  it("has a blue-green deployment with the shares of both revisions at its end", async () => {
    const { world, history } = setUp();
    const loadBalancers = [{ ...loadBalancer, advancedConfiguration: pair }];
    await world.create({ loadBalancers, deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: 5 } });
    await world.settle(1_800_000);
    await world.update({ taskDefinition: "web:2" });
    await world.settle(1_800_000);

    const told = await history();
    expect(
      told.map(({ status, lifecycleStage, targetServiceRevision, sourceServiceRevisions }) => ({
        status,
        lifecycleStage,
        target: shares(targetServiceRevision as Answer),
        sources: (sourceServiceRevisions as Answer[]).map(shares),
      })),
    ).to.deep.equal([
      {
        status: "SUCCESSFUL",
        lifecycleStage: "CLEAN_UP",
        target: { production: 100, running: 1 },
        sources: [{ production: 0, running: 0 }],
      },
      { status: "SUCCESSFUL", lifecycleStage: "CLEAN_UP", target: { production: 100, running: 1 }, sources: [] },
    ]);
  });

  it("has a canary that an operator stopped", async () => {
    const { world, ask, history } = setUp();
    const loadBalancers = [{ ...loadBalancer, advancedConfiguration: pair }];
    await world.create({ loadBalancers, deploymentConfiguration: { strategy: "CANARY" } });
    await world.settle(1_800_000);
    await world.update({ taskDefinition: "web:2" });
    await world.settle(400_000);
    const [during] = await history();
    await ask("StopServiceDeployment", { serviceDeploymentArn: during?.["serviceDeploymentArn"] });
    const [asked] = await history();
    await world.settle(900_000);
    const [after] = await history();

    expect(
      [during, asked, after].map((one) => ({
        status: one?.["status"],
        target: shares(one?.["targetServiceRevision"] as Answer),
      })),
    ).to.deep.equal([
      { status: "IN_PROGRESS", target: { production: 5, running: 1 } },
      { status: "ROLLBACK_REQUESTED", target: { production: 5, running: 1 } },
      { status: "ROLLBACK_SUCCESSFUL", target: { production: 0, running: 0 } },
    ]);
  });
});
