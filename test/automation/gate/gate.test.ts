import { expect } from "chai";
import { gate } from "../../../automation/gate/gate";
import { SlipwayError } from "../../../automation/model/errors";
import { fakeContext } from "../../_fakes/fake-context";
import { aChange } from "../../_helpers/a-change";

const replaced = aChange({ type: "aws:rds/instance:Instance", op: "replace", name: "db" });
const renewed = aChange({ type: "aws:ecs/taskDefinition:TaskDefinition", op: "replace", name: "agent-task" });
const rights = aChange({ type: "aws:iam/role:Role", op: "update", name: "task-role" });

describe("gate", () => {
  for (const { what, changes, exit } of [
    { what: "a new task definition", changes: [renewed], exit: undefined },
    { what: "a warning", changes: [renewed, rights], exit: undefined },
    { what: "a block", changes: [renewed, rights, replaced], exit: 1 },
  ]) {
    it(`exits ${exit ?? 0} on ${what}`, async () => {
      expect((await gate(fakeContext({ changes }), {})).exitCode).to.equal(exit);
    });
  }

  it("shows what goes away, then every finding with its danger", async () => {
    const context = fakeContext({ changes: [rights, replaced] });

    await gate(context, {});

    expect(context.output.said).to.deep.equal([
      [
        "Replaced or deleted (1)",
        "",
        "Operation | Resource | Type",
        "----------|----------|--------------------------",
        "replace   | db       | aws:rds/instance:Instance",
      ].join("\n"),
      [
        "Diff gate: BLOCKED (1)",
        "",
        "Operation | Resource | Type                      | Rule              | Danger",
        "----------|----------|---------------------------|-------------------|-------------",
        "replace   | db       | aws:rds/instance:Instance | database-replaced | loss of data",
        "",
        "Warnings (1)",
        "",
        "Operation | Resource  | Type              | Rule   | Danger",
        "----------|-----------|-------------------|--------|------------------------",
        "update    | task-role | aws:iam/role:Role | rights | wider or missing rights",
      ].join("\n"),
    ]);
  });

  it("changes nothing, and leaves no plan behind", async () => {
    const context = fakeContext({ changes: [replaced] });

    await gate(context, { layer: "database", refresh: true });

    expect(context.log).to.deep.equal(["preview", "discardPlan"]);
    expect(context.engine.options).to.deep.equal([{ layer: "database", refresh: true }]);
  });

  for (const { code, exitCode } of [
    { code: "engine-failed", exitCode: 1 },
    { code: "protected-resource", exitCode: 3 },
  ]) {
    it(`fails closed when the preview fails with ${code}`, async () => {
      const failure = new SlipwayError({ code, exitCode, message: "No preview", remedy: "Look.", resource: "urn:db" });
      const outcome = await gate(fakeContext({ failing: { preview: failure } }), {}).catch((error: unknown) => error);
      expect(outcome).to.be.instanceOf(SlipwayError);
      const told = outcome as SlipwayError;
      expect([told.exitCode, told.code, told.message, told.remedy, told.resource]).to.deep.equal([
        1,
        code,
        "No preview",
        "Look.",
        "urn:db",
      ]);
    });
  }

  it("records an override with its justification, approver, caller and findings", async () => {
    const context = fakeContext({ changes: [replaced], skipDiffGate: true });

    const report = await gate(context, { justification: "INC-7", approvedBy: "Kim" });

    expect(report.exitCode).to.equal(undefined);
    expect(context.history.entries).to.deep.equal([
      {
        kind: "gate-override",
        at: "1970-01-01T00:00:00.000Z",
        stack: "staging",
        by: "arn:aws:iam::686831565523:user/deployer",
        justification: "INC-7",
        approvedBy: "Kim",
        findings: report.data["findings"],
      },
    ]);
  });

  it("asks on a terminal for what an override needs", async () => {
    const context = fakeContext({ changes: [replaced], skipDiffGate: true, answers: ["INC-7", "Kim"] });

    await gate(context, {});

    expect(context.history.entries).to.have.lengthOf(1);
    expect(context.history.entries[0]).to.include({ justification: "INC-7", approvedBy: "Kim" });
  });

  for (const words of [
    {},
    { justification: "INC-7" },
    { approvedBy: "Kim" },
    { justification: " ", approvedBy: "Kim" },
  ]) {
    it(`refuses an override that says only ${JSON.stringify(words)}`, async () => {
      const context = fakeContext({ changes: [replaced], skipDiffGate: true });

      const error = (await gate(context, words).catch((thrown: unknown) => thrown)) as SlipwayError;

      expect([error.code, error.exitCode]).to.deep.equal(["gate-override-incomplete", 3]);
      expect(context.history.entries).to.deep.equal([]);
    });
  }

  it("records nothing when there is nothing to override", async () => {
    const context = fakeContext({ changes: [renewed], skipDiffGate: true });
    await gate(context, { justification: "INC-7", approvedBy: "Kim" });
    expect(context.history.entries).to.deep.equal([]);
  });
});
