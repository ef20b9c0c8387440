import { expect } from "chai";
import { CloudError } from "../../../../automation/model/cloud-error";
import type { JournalFact } from "../../../../automation/model/release/journal";
import type { NativeDeployment } from "../../../../automation/model/release/native";
import { actNative } from "../../../../automation/release/native/act-native";
import { FakeServiceDeployments } from "../../../_fakes/fake-service-deployments";
import { aPlan } from "../../../_helpers/a-journal";
import { releaseHands } from "../../../_helpers/release-hands";
import { deployment } from "../../model/release/native-scenes";

const plan = aPlan({
  mode: "ecs",
  controller: "ecs",
  from: { slot: "blue", images: { web: "web:v1" }, version: "v1" },
  to: { slot: "blue", images: { web: "web:v2" }, version: "v2" },
  slots: { blue: { serviceName: "web", targetGroups: ["arn:blue", "arn:green"] } },
  routes: [],
});
const definition = {
  family: "web",
  revision: 1,
  status: "ACTIVE",
  version: null,
  architecture: "X86_64",
  executionRoleArn: null,
} as const;

const revision = (arn: string): NativeDeployment["target"] => ({ arn, wanted: 2, running: 0, production: 0 });
const older = deployment({ arn: "sd-0", target: revision("rev-1"), status: "SUCCESSFUL" });
const newer = deployment({ arn: "sd-1", target: revision("rev-2") });

/** A service whose revisions 1 and 2 run v1 and v2. */
function hands(facts?: readonly JournalFact[]) {
  const own = releaseHands(plan, facts);
  const deployments = new FakeServiceDeployments(own.log);
  for (const number of ["1", "2"]) {
    deployments.revisions.set(`rev-${number}`, `arn:web:${number}`);
    const images = { web: `web:v${number}` };
    own.containers.definitions.set(`arn:web:${number}`, { ...definition, arn: `arn:web:${number}`, images });
  }
  return { ...own, deployments };
}

const noted = (log: readonly string[]): readonly string[] => log.filter((line) => line.startsWith("note"));

describe("what is done to a service whose traffic ECS shifts", () => {
  it("puts the images in place, and waits for the deployment of these very images", async () => {
    const own = hands();
    let looks = 0;
    own.deployments.deployments = [older];
    const newest = own.deployments.newest.bind(own.deployments);
    own.deployments.newest = async (service) => {
      if (++looks === 3) own.deployments.deployments = [newer, older];
      return newest(service);
    };
    expect(await actNative(own, { kind: "provision" })).to.deep.equal({});
    expect([own.log.slice(0, 3), own.clock.now().getTime(), own.written.at(-1)]).to.deep.equal([
      ["held", "note provisioning", "applyImages web/blue"],
      2_000,
      { kind: "provisioned", deploymentId: "sd-1", taskDefinition: "arn:web:2" },
    ]);
  });

  it("fails when ECS shows none in time, and takes no older one for its own", async () => {
    const own = hands();
    own.deployments.deployments = [older];
    expect(await actNative(own, { kind: "provision" })).to.deep.equal({
      failure: {
        kind: "provision-failed",
        text: "ecs:ListServiceDeployments: ECS shows no deployment of web with these images",
      },
    });
    expect([noted(own.log), own.clock.now().getTime()]).to.deep.equal([["note provisioning"], 20_000]);
  });

  it("restarts by a deployment that is not the one before", async () => {
    const own = hands();
    own.deployments.deployments = [older];
    const again = deployment({ arn: "sd-9", target: revision("rev-1") });
    own.containers.acting.forceDeployment = () => {
      own.deployments.deployments = [again, older];
      return {} as never;
    };
    expect(await actNative(own, { kind: "force-deployment", slot: "blue" })).to.deep.equal({});
    expect(own.written.at(-1)).to.deep.equal({
      kind: "provisioned",
      deploymentId: "sd-9",
      taskDefinition: "arn:web:1",
    });
  });

  it("puts the old images in place again, and writes down their deployment", async () => {
    const own = hands();
    own.deployments.deployments = [deployment({ arn: "sd-2", target: revision("rev-1") }), newer];
    expect(await actNative(own, { kind: "restore" })).to.deep.equal({});
    expect([noted(own.log), own.written.at(-1)]).to.deep.equal([
      ["note restoring", "note restored"],
      { kind: "restored", deploymentId: "sd-2" },
    ]);
  });

  it("goes past a pause, and then says so", async () => {
    const own = hands();
    expect(await actNative(own, { kind: "continue", deployment: "sd-1", hookId: "pause-1" })).to.deep.equal({});
    expect(own.log).to.deep.equal(["held", "continue sd-1 pause-1", "note continued"]);
  });

  it("sends a deployment back, and leaves what becomes of it to the next look", async () => {
    const own = hands();
    expect(await actNative(own, { kind: "take-back", deployment: "sd-1" })).to.deep.equal({});
    expect(own.log).to.deep.equal(["held", "roll back sd-1"]);
  });

  for (const [what, kind, result] of [
    ["looks again where the pause is over by now", "refused", { again: true }],
    ["tries again what AWS did not take", "transient", { again: true }],
    ["fails where it may not", "denied", { failure: { kind: "changed-elsewhere", text: "ecs:Continue: no" } }],
  ] as const)
    it(what, async () => {
      const own = hands();
      own.deployments.failures.push(new CloudError(kind, "ecs:Continue", "Code", "no"));
      expect(await actNative(own, { kind: "continue", deployment: "sd-1", hookId: "pause-1" })).to.deep.equal(result);
      expect(noted(own.log)).to.deep.equal([]);
    });

  it("makes no engine run to commit: the images are remembered already", async () => {
    const own = hands();
    expect(await actNative(own, { kind: "commit", live: "blue" })).to.deep.equal({});
    expect(own.log).to.deep.equal(["held", "note committing", "note committed"]);
  });
});
