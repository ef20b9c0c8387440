import { expect } from "chai";
import type { SlipwayError } from "../../../automation/model/errors";
import type { StateResource } from "../../../automation/ports/engine";
import { destroy } from "../../../automation/stack/destroy";
import { fakeContext } from "../../_fakes/fake-context";

const inState = (
  component: string,
  type: string,
  name: string,
  inputs: Record<string, unknown> = {},
): StateResource => ({
  urn: `urn:pulumi:staging::slipway::${component}$${type}::${name}`,
  type,
  name,
  id: name,
  custom: true,
  protect: false,
  inputs,
  outputs: {},
});

const vpc = inState("slipway:network:Network", "aws:ec2/vpc:Vpc", "vpc");
const db = inState("slipway:database:Database", "aws:rds/instance:Instance", "db", {
  finalSnapshotIdentifier: "shop-final-1",
});
const secret = inState("slipway:services:Secrets", "aws:secretsmanager/secret:Secret", "license", {
  recoveryWindowInDays: 7,
});
const logs = inState("slipway:services:FargateService", "aws:cloudwatch/logGroup:LogGroup", "agent-logs");
const topic = inState("slipway:alarms:Alarms", "aws:sns/topic:Topic", "alarms");
const resources = [vpc, db, secret, logs, topic];

describe("destroy", () => {
  it("guards, shows what is lost, asks for the stack's name, lifts the guards and destroys", async () => {
    const context = fakeContext({ state: { resources }, answers: ["staging"] });

    const report = await destroy(context, {});

    expect(context.log).to.deep.equal(["caller", "lock", "state", "ask", "liftGuards", "destroy", "record", "release"]);
    expect(context.output.asked).to.deep.equal(["Type the name of the stack (staging) to destroy it:"]);
    expect(context.output.said).to.deep.equal([
      "5 resources of staging will be deleted.",
      [
        "Resource | Type                             | Danger",
        "---------|----------------------------------|----------------",
        "db       | aws:rds/instance:Instance        | loss of data",
        "license  | aws:secretsmanager/secret:Secret | loss of secrets",
      ].join("\n"),
      [
        "Lost for good:",
        "",
        "What     | Resource   | What remains",
        "---------|------------|------------------------------------------------------",
        "database | db         | final snapshot shop-final-1",
        "secret   | license    | can be restored for 7 days; its name is taken as long",
        "logs     | agent-logs | nothing",
      ].join("\n"),
    ]);
    expect(report.summary).to.equal("staging is destroyed.");
  });

  for (const answer of ["yes", "Staging", ""]) {
    it(`changes nothing when the answer is "${answer}"`, async () => {
      const context = fakeContext({ state: { resources }, answers: [answer] });

      const report = await destroy(context, {});

      expect([report.exitCode, context.log]).to.deep.equal([
        1,
        ["caller", "lock", "state", "ask", "record", "release"],
      ]);
    });
  }

  it("shows all of it in a dry run, and changes nothing", async () => {
    const context = fakeContext({ state: { resources } });
    await destroy(context, { dryRun: true });
    expect([context.log, context.output.said.length]).to.deep.equal([["caller", "state"], 3]);
  });

  it("destroys one layer, and looks at that layer only", async () => {
    const context = fakeContext({ state: { resources } });

    const report = await destroy(context, { layer: "alarms", yes: true });

    expect(context.engine.options).to.deep.equal([
      { layer: "alarms", refresh: false },
      { layer: "alarms", refresh: false },
    ]);
    expect([report.summary, report.data["resources"]]).to.deep.equal(["Layer alarms of staging is destroyed.", 1]);
  });

  it("refuses a layer that others stand on, and says in which order to go", async () => {
    const context = fakeContext({ state: { resources } });

    const error = (await destroy(context, { layer: "network", yes: true }).catch(
      (thrown: unknown) => thrown,
    )) as SlipwayError;

    expect([error.code, error.exitCode, error.remedy]).to.deep.equal([
      "layer-in-use",
      3,
      "Destroy first, in this order: alarms, services, database.",
    ]);
    expect(context.log).to.deep.equal(["caller", "lock", "state", "record", "release"]);
  });

  it("says so when there is nothing", async () => {
    expect((await destroy(fakeContext(), { yes: true })).summary).to.equal("staging has nothing to destroy.");
  });

  it("is refused in the wrong account", async () => {
    const context = fakeContext({ caller: "111111111111", state: { resources } });
    const error = (await destroy(context, { yes: true }).catch((thrown: unknown) => thrown)) as SlipwayError;
    expect([error.code, context.log]).to.deep.equal(["account-mismatch", ["caller", "record"]]);
  });
});
