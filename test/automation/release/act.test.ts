import { expect } from "chai";
import type { JournalFact } from "../../../automation/model/release/journal";
import { act } from "../../../automation/release/act";
import { aPlan } from "../../_helpers/a-journal";
import { aDeployment, aService } from "../../_helpers/a-shop-release";
import { releaseHands } from "../../_helpers/release-hands";

const definition = {
  family: "web",
  revision: 2,
  status: "ACTIVE",
  version: null,
  architecture: "X86_64",
  executionRoleArn: null,
} as const;

/** A release of web from blue to green. */
const hands = (facts?: readonly JournalFact[]) => releaseHands(aPlan(), facts);

const provisioned: readonly JournalFact[] = [
  { kind: "started" },
  { kind: "provisioning" },
  { kind: "provisioned", deploymentId: "ecs-svc/2", taskDefinition: "arn:web:2" },
];

describe("what is done to retire a slot", () => {
  const retire = { kind: "scale", slot: "green", count: 0, then: { kind: "retired" } } as const;

  it("points a slot that ECS has pointed back where the stack has it, before it is retired in the record", async () => {
    const own = hands(provisioned);
    own.containers.services.set("web-green", aService("web-green", { taskDefinition: "arn:web:1" }));
    expect(await act(own, retire)).to.deep.equal({});
    expect(own.log).to.deep.equal([
      "held",
      "setCount web-green 0",
      "describe shop web-green",
      "pointAt web-green arn:web:2",
      "note retired",
    ]);
  });

  it("leaves one alone that is where the stack has it", async () => {
    const own = hands(provisioned);
    own.containers.services.set("web-green", aService("web-green", { taskDefinition: "arn:web:2" }));
    await act(own, retire);
    expect(own.log).to.deep.equal(["held", "setCount web-green 0", "describe shop web-green", "note retired"]);
  });

  it("leaves one alone that was never provisioned, or is gone", async () => {
    const young = hands();
    young.containers.services.set("web-green", aService("web-green", { taskDefinition: "arn:web:1" }));
    const gone = hands(provisioned);
    for (const own of [young, gone]) {
      await act(own, retire);
      expect(own.log.filter((line) => line.startsWith("pointAt"))).to.deep.equal([]);
    }
  });

  it("asks nothing of the old slot, nor of one that gets tasks", async () => {
    const own = hands(provisioned);
    await act(own, { kind: "scale", slot: "blue", count: 0, then: { kind: "retired" } });
    await act(own, { kind: "scale", slot: "green", count: 2, then: { kind: "scaled", count: 2 } });
    expect(own.log).to.deep.equal([
      "held",
      "setCount web-blue 0",
      "note retired",
      "held",
      "setCount web-green 2",
      "note scaled",
    ]);
  });
});

describe("what is done to shift traffic", () => {
  const weights = { blue: 50, green: 50 };

  it("is announced, and done by whoever holds the lock after that", async () => {
    const own = hands(provisioned);
    await act(own, { kind: "weigh", weights, then: { kind: "shifted", step: 0, percent: 50 } });
    expect(own.log).to.deep.equal(["held", "note shifting", "held", "setWeights blue 50 green 50", "note shifted"]);
  });

  it("is not done by one that slept until its lock was lost", async () => {
    const own = hands(provisioned);
    let asked = 0;
    const sleepy = {
      ...own,
      assertHeld: async () => {
        asked += 1;
        if (asked > 1) throw new Error("lost");
      },
    };
    const shift = act(sleepy, { kind: "weigh", weights, then: { kind: "shifted", step: 0, percent: 50 } });
    await shift.then(
      () => expect.fail("it went on"),
      (error: unknown) => expect(String(error)).to.equal("Error: lost"),
    );
    expect(own.log).to.deep.equal(["note shifting"]);
  });
});

describe("what is done to provision a slot", () => {
  const provision = { kind: "provision" } as const;
  const running = (image: string) => {
    const own = hands();
    const deployment = aDeployment({ id: "ecs-svc/9", taskDefinition: "arn:web:9" });
    own.containers.services.set("web-green", aService("web-green", { deployments: [deployment] }));
    own.containers.definitions.set("arn:web:9", { ...definition, arn: "arn:web:9", images: { web: image } });
    return own;
  };

  it("writes down the deployment of the plan's images", async () => {
    const own = running("registry/web@sha256:2");
    expect(await act(own, provision)).to.deep.equal({});
    expect(own.written.at(-1)).to.deep.equal({
      kind: "provisioned",
      deploymentId: "ecs-svc/9",
      taskDefinition: "arn:web:9",
    });
  });

  it("takes no deployment of other images for its own", async () => {
    const own = running("registry/web@sha256:1");
    expect(await act(own, provision)).to.deep.equal({
      failure: {
        kind: "ecs-rolled-back",
        text: "ECS runs registry/web@sha256:1 in slot green and not v2: it has given up on it, or somebody has changed it.",
      },
    });
    expect(own.written.at(-1)).to.deep.equal({ kind: "provisioning" });
  });

  it("fails where ECS shows no deployment", async () => {
    const own = hands();
    own.containers.services.set("web-green", aService("web-green", { deployments: [] }));
    expect(await act(own, provision)).to.deep.equal({
      failure: { kind: "provision-failed", text: "ecs:DescribeServices: web-green has no deployment" },
    });
  });
});
