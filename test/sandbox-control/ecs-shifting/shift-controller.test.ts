import { expect } from "chai";
import { createHookBook } from "../../../sandbox/ecs/shifting/hook-book";
import type { HookTargets, ShiftRequest } from "../../../sandbox/ecs/shifting/model";
import { createShiftController } from "../../../sandbox/ecs/shifting/shift-controller";
import { FakeSandboxClock } from "../../_fakes/fake-sandbox-clock";
import { lambdaArn, plan } from "./shift-run";

const serviceDeploymentArn = "arn:aws:ecs:eu-central-1:123456789012:service-deployment/main/web/ejGvqq2ilnbKT9qj0vLJe";
const serviceArn = "arn:aws:ecs:eu-central-1:123456789012:service/main/web";

const request = (changes: Partial<ShiftRequest> = {}): ShiftRequest => ({
  serviceDeploymentArn,
  serviceArn,
  plan: plan(),
  listeners: [{ production: "rule-80", test: "rule-9000", blue: "tg-a", green: "tg-b" }],
  revisions: { green: "revision-2", blue: "revision-1" },
  green: { desired: 1, tasks: 1, healthy: 1 },
  blue: { tasks: 1 },
  others: 0,
  failure: undefined,
  stop: undefined,
  ...changes,
});

function setUp(hooks: HookTargets = createHookBook(), refuses: (rule: string) => boolean = () => false) {
  const clock = new FakeSandboxClock();
  const set: string[] = [];
  const setWeights = async (rule: string, weights: Readonly<Record<string, number>>) => {
    if (refuses(rule)) throw new Error("One or more rules not found");
    set.push(`${rule} ${JSON.stringify(weights)}`);
  };
  const controller = createShiftController({ clock, targets: { setWeights }, hooks });
  const look = async (times: number, changes: Partial<ShiftRequest> = {}) => {
    for (let time = 1; time < times; time++) {
      controller.look(request(changes));
      await clock.advance(10_000);
    }
    const view = controller.look(request(changes));
    await clock.advance(10_000);
    return view;
  };
  return { controller, set, look, clock };
}

describe("the controller of shifts", () => {
  it("sets the weights of the test rule, then of the production rule", async () => {
    const { look, set } = setUp();

    const view = await look(8);

    expect(set).to.deep.equal(['rule-9000 {"tg-a":0,"tg-b":100}', 'rule-80 {"tg-a":0,"tg-b":100}']);
    expect(view).to.deep.equal({
      stage: "POST_PRODUCTION_TRAFFIC_SHIFT",
      direction: "forward",
      production: 100,
      test: 100,
      tasks: { blue: "wanted", green: "wanted", others: "none" },
    });
  });

  it("goes no further until the weights hold", async () => {
    const clock = new FakeSandboxClock();
    let hold = (): void => undefined;
    const setWeights = () => new Promise<void>((resolve) => (hold = resolve));
    const controller = createShiftController({ clock, targets: { setWeights }, hooks: createHookBook() });
    const stage = async () => {
      const view = controller.look(request());
      await clock.advance(10_000);
      return view.stage;
    };
    for (let look = 0; look < 20; look++) await stage();

    const before = await stage();
    hold();
    await clock.advance(0);

    expect([before, await stage()]).to.deep.equal(["TEST_TRAFFIC_SHIFT", "POST_TEST_TRAFFIC_SHIFT"]);
  });

  it("goes back when a rule is gone", async () => {
    const { look } = setUp(createHookBook(), (rule) => rule === "rule-9000");

    expect(await look(5)).to.deep.include({
      direction: "back",
      reason: "Service deployment rolled back because of invalid networking configuration. One or more rules not found",
    });
  });

  it("calls each function once for a stage, with the event that ECS sends", async () => {
    const events: Readonly<Record<string, unknown>>[] = [];
    const hooks: HookTargets = {
      call: async (_arn, event) => {
        events.push(event);
        return { hookStatus: "SUCCEEDED" };
      },
    };
    const hook = {
      targetType: "AWS_LAMBDA",
      targetArn: lambdaArn,
      stages: ["PRE_SCALE_UP", "PRODUCTION_TRAFFIC_SHIFT"],
      timeoutMinutes: 60,
      timeoutAction: "ROLLBACK",
    } as const;
    await setUp(hooks).look(14, { plan: plan({ hooks: [hook] }) });

    expect(events.map((event) => ({ ...event, executionId: "" }))).to.deep.equal([
      {
        executionDetails: {
          testTrafficWeights: {},
          productionTrafficWeights: {},
          serviceArn,
          targetServiceRevisionArn: "revision-2",
        },
        executionId: "",
        lifecycleStage: "PRE_SCALE_UP",
        resourceArn: serviceDeploymentArn,
      },
      {
        executionDetails: {
          testTrafficWeights: {},
          productionTrafficWeights: { "revision-2": 100, "revision-1": 0 },
          serviceArn,
          targetServiceRevisionArn: "revision-2",
        },
        executionId: "",
        lifecycleStage: "PRODUCTION_TRAFFIC_SHIFT",
        resourceArn: serviceDeploymentArn,
      },
    ]);
  });

  it("takes a function that throws for one that failed", async () => {
    const hooks: HookTargets = {
      call: () => {
        throw new Error("no such function");
      },
    };
    const hook = {
      targetType: "AWS_LAMBDA",
      targetArn: lambdaArn,
      stages: ["PRE_SCALE_UP"],
      timeoutMinutes: 60,
      timeoutAction: "ROLLBACK",
    } as const;

    expect((await setUp(hooks).look(2, { plan: plan({ hooks: [hook] }) })).reason).to.match(
      /unable to parse the response/,
    );
  });

  it("lets a pause be continued once, and only while it waits", async () => {
    const { controller, look } = setUp();
    const hook = {
      targetType: "PAUSE",
      stages: ["PRE_SCALE_UP"],
      timeoutMinutes: 60,
      timeoutAction: "ROLLBACK",
    } as const;
    await look(3, { plan: plan({ hooks: [hook] }) });
    const id = controller.hooks(serviceDeploymentArn)[0]?.id ?? "";

    const answers = [
      controller.continue(serviceDeploymentArn, "ecs-pause-other", "CONTINUE"),
      controller.continue(serviceDeploymentArn, id, "CONTINUE"),
      controller.continue(serviceDeploymentArn, id, "ROLLBACK"),
    ];

    expect(answers).to.deep.equal(["not-waiting", "done", "not-waiting"]);
    expect((await look(1, { plan: plan({ hooks: [hook] }) })).stage).to.equal("SCALE_UP");
  });
});
