import { expect } from "chai";
import { CloudError } from "../../../../automation/model/cloud-error";
import type { JournalFact } from "../../../../automation/model/release/journal";
import { lookAtNative } from "../../../../automation/release/native/look-native";
import { FakeClock } from "../../../_fakes/fake-clock";
import { FakeContainers } from "../../../_fakes/fake-containers";
import { FakeMetrics } from "../../../_fakes/fake-metrics";
import { FakeServiceDeployments } from "../../../_fakes/fake-service-deployments";
import { FakeTraffic } from "../../../_fakes/fake-traffic";
import { aJournal, aPlan } from "../../../_helpers/a-journal";
import { aDeployment, aService } from "../../../_helpers/a-shop-release";
import { back, deployment, provisioned } from "../../model/release/native-scenes";

const plan = aPlan({
  mode: "ecs",
  controller: "ecs",
  to: { slot: "blue", images: { web: "web:v2" }, version: "v2" },
  slots: { blue: { serviceName: "web", targetGroups: ["arn:blue", "arn:green"] } },
  routes: [],
});

function world() {
  const log: string[] = [];
  const serviceDeployments = new FakeServiceDeployments(log);
  serviceDeployments.deployments = [deployment({ arn: "sd-2" }), deployment({ arn: "sd-1" })];
  const containers = new FakeContainers(log);
  const clock = new FakeClock();
  const ports = { containers, traffic: new FakeTraffic(log), metrics: new FakeMetrics(log), clock, serviceDeployments };
  const look = lookAtNative(ports, plan);
  const seen = (facts: readonly JournalFact[]) =>
    look(aJournal({ plan, facts: facts.map((fact) => [0, fact] as const) }), "none");
  return { ...ports, log, seen };
}

const shown = async (facts: readonly JournalFact[]) => {
  const { seen, log } = world();
  const found = await seen(facts);
  return [found.kind === "seen" ? found.deployment?.arn : found.kind, log];
};

describe("lookAtNative", () => {
  it("looks at the newest deployment while it has none of its own", async () => {
    expect(await shown([{ kind: "started" }])).to.deep.equal(["sd-2", ["newest deployment web", "alarms"]]);
  });

  it("looks at its own by one call, and at the alarms, however many there are", async () => {
    expect(await shown(provisioned)).to.deep.equal(["sd-1", ["describe deployment sd-1", "alarms"]]);
  });

  it("looks at that of the old images on the way back, and judges nothing there", async () => {
    const facts: readonly JournalFact[] = [...provisioned, back(), { kind: "restored", deploymentId: "sd-2" }];
    expect(await shown(facts)).to.deep.equal(["sd-2", ["describe deployment sd-2"]]);
  });

  it("tells that there is none", async () => {
    const { seen, serviceDeployments } = world();
    serviceDeployments.deployments = [];
    const found = await seen(provisioned);
    expect(found.kind === "seen" && found.deployment).to.equal(null);
  });

  it("asks why tasks stop once for each further failure that ECS counts", async () => {
    const { seen, log, containers, serviceDeployments } = world();
    const taskDefinition = "arn:web:2";
    serviceDeployments.revisions.set("rev-2", taskDefinition);
    const entry = aDeployment({ id: "ecs-svc/7", taskDefinition });
    containers.services.set("web", aService("web", { taskDefinition, deployments: [entry] }));
    const failed = (failures: number): void =>
      void (serviceDeployments.deployments = [deployment({ arn: "sd-1", failures })]);
    const asked = async (): Promise<number> => {
      const found = await seen(provisioned);
      expect(found.kind === "seen" && "crash" in found).to.equal(true);
      return log.filter((line) => line.startsWith("stoppedTasks")).length;
    };
    failed(1);
    expect([await asked(), await asked()]).to.deep.equal([1, 1]);
    failed(2);
    expect(await asked()).to.equal(2);
  });

  it("is blind since the first answer that failed, until one comes", async () => {
    const { seen, clock, serviceDeployments } = world();
    const failure = new CloudError("transient", "ecs:DescribeServiceDeployments", "Throttling", "slow");
    serviceDeployments.failures.push(failure, failure, null, failure);
    const blind = { kind: "blind", error: "ecs:DescribeServiceDeployments: slow", peers: "none" };
    expect(await seen(provisioned)).to.deep.equal({ ...blind, since: "1970-01-01T00:00:00.000Z" });
    await clock.sleep(5_000);
    expect(await seen(provisioned)).to.deep.equal({ ...blind, since: "1970-01-01T00:00:00.000Z" });
    expect((await seen(provisioned)).kind).to.equal("seen");
    expect(await seen(provisioned)).to.deep.equal({ ...blind, since: "1970-01-01T00:00:05.000Z" });
  });

  it("does not take an error of its own for AWS' silence", async () => {
    const { seen, serviceDeployments } = world();
    serviceDeployments.failures.push(new TypeError("a mistake"));
    const error = await seen(provisioned).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(TypeError);
  });
});
