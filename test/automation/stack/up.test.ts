import { expect } from "chai";
import { SlipwayError } from "../../../automation/model/errors";
import { up } from "../../../automation/stack/up";
import { fakeContext, ownAccount } from "../../_fakes/fake-context";
import { aChange } from "../../_helpers/a-change";

const added = aChange({ type: "aws:ecs/cluster:Cluster", op: "create", name: "cluster" });
const renewed = aChange({ type: "aws:ecs/taskDefinition:TaskDefinition", op: "replace", name: "agent-task" });
const replaced = aChange({ type: "aws:rds/instance:Instance", op: "replace", name: "db" });
const endpoint = { name: "url", value: "http://x", secret: false };

const failureOf = async (run: Promise<unknown>): Promise<SlipwayError> => {
  const outcome = await run.then(() => undefined).catch((error: unknown) => error);
  if (outcome instanceof SlipwayError) return outcome;
  throw new Error(`No SlipwayError: ${String(outcome)}`);
};

describe("up", () => {
  it("guards, previews, judges, asks, and only then applies the plan", async () => {
    const context = fakeContext({ changes: [added], answers: ["yes"], outputs: [endpoint] });

    const report = await up(context, {});

    expect(context.log).to.deep.equal([
      "caller",
      "lock",
      "preview",
      "ask",
      "up",
      "outputs",
      "discardPlan",
      "record",
      "release",
    ]);
    expect(context.output.asked).to.deep.equal(["Execute this changeset? (yes/no):"]);
    expect(context.engine.options).to.deep.equal([{ refresh: false }, { refresh: false, planFile: "plan-1" }]);
    expect(report.summary).to.contain("staging is deployed (2.4 s).");
    expect(report.data["outputs"]).to.deep.equal({ url: "http://x" });
  });

  it("shows the changes as a table before it asks", async () => {
    const context = fakeContext({ changes: [added, renewed], answers: ["no"] });

    await up(context, {});

    expect(context.output.said.at(-1)).to.equal(
      [
        "Action  | Resource   | Type",
        "--------|------------|--------------------------------------",
        "Add     | cluster    | aws:ecs/cluster:Cluster",
        "Replace | agent-task | aws:ecs/taskDefinition:TaskDefinition",
        "",
        "1 to add, 1 to replace",
      ].join("\n"),
    );
  });

  it("writes outputs that change without any resource", async () => {
    const context = fakeContext({ changedOutputs: ["url"], answers: ["yes"], outputs: [endpoint] });

    const report = await up(context, {});

    expect(context.log).to.deep.equal([
      "caller",
      "lock",
      "preview",
      "ask",
      "up",
      "outputs",
      "discardPlan",
      "record",
      "release",
    ]);
    expect(context.output.said.at(-1)).to.equal("No resource changes; these outputs do: url.");
    expect(report.data["changedOutputs"]).to.deep.equal(["url"]);
  });

  for (const answer of ["no", "y", "Yes", "", "yes please"]) {
    it(`goes on for "yes" only, not for "${answer}"`, async () => {
      const context = fakeContext({ changes: [added], answers: [answer] });

      const report = await up(context, {});

      expect(context.log).to.deep.equal(["caller", "lock", "preview", "ask", "discardPlan", "record", "release"]);
      expect([report.data["outcome"], report.exitCode]).to.deep.equal(["declined", 1]);
    });
  }

  it("does not ask with --yes", async () => {
    const context = fakeContext({ changes: [added] });
    await up(context, { yes: true });
    expect(context.log).to.deep.equal([
      "caller",
      "lock",
      "preview",
      "up",
      "outputs",
      "discardPlan",
      "record",
      "release",
    ]);
  });

  it("refuses before it does anything when nobody can be asked", async () => {
    const context = fakeContext({ changes: [added] });

    const { code, exitCode } = await failureOf(up(context, {}));

    expect([code, exitCode, context.log]).to.deep.equal(["usage", 2, []]);
  });

  it("shows and judges the same in a dry run, and changes nothing", async () => {
    const context = fakeContext({ changes: [added] });

    const report = await up(context, { dryRun: true });

    expect(context.log).to.deep.equal(["caller", "preview", "discardPlan"]);
    expect(report.data["outcome"]).to.equal("dry-run");
  });

  it("never runs after a block, whatever was said beforehand", async () => {
    for (const options of [
      { yes: true, dryRun: false },
      { dryRun: true },
      { yes: true, dryRun: false, justification: "INC-7", approvedBy: "Kim" },
    ]) {
      const context = fakeContext({ changes: [added, replaced] });

      const { code, exitCode } = await failureOf(up(context, options));

      const log = ["caller", "preview", "discardPlan"];
      expect([code, exitCode, context.log]).to.deep.equal([
        "gate-blocked",
        3,
        options.dryRun === true ? log : ["caller", "lock", "preview", "discardPlan", "record", "release"],
      ]);
    }
  });

  it("records an override after the question and before the update", async () => {
    const context = fakeContext({ changes: [replaced], skipDiffGate: true, answers: ["yes"] });

    await up(context, { justification: "INC-7", approvedBy: "Kim" });

    const before = ["caller", "lock", "preview", "caller", "ask", "record gate-override"];
    expect(context.log).to.deep.equal([...before, "up", "outputs", "discardPlan", "record", "release"]);
  });

  it("records no override that was not used", async () => {
    const context = fakeContext({ changes: [replaced], skipDiffGate: true, answers: ["no"] });
    await up(context, { justification: "INC-7", approvedBy: "Kim" });
    expect(context.history.entries.map(({ kind }) => kind)).to.deep.equal(["run"]);
  });

  it("says so when there is nothing to change, and runs nothing", async () => {
    const context = fakeContext({ changes: [aChange({ type: "aws:ecs/cluster:Cluster", op: "same" })] });

    const report = await up(context, { yes: true });

    expect(report).to.deep.equal({
      summary: "staging is up to date: nothing to change.",
      data: { outcome: "unchanged", changes: [] },
    });
    expect(context.log).to.deep.equal(["caller", "lock", "preview", "discardPlan", "record", "release"]);
  });

  it("counts new protection as a change", async () => {
    const context = fakeContext({
      changes: [aChange({ type: "aws:rds/instance:Instance", op: "same", isProtected: true })],
    });
    await up(context, { yes: true });
    expect(context.log).to.include("up");
  });

  it("leaves no plan behind when the update fails", async () => {
    const failure = new SlipwayError({ code: "engine-failed", exitCode: 1, message: "No", remedy: "" });
    const context = fakeContext({ changes: [added], failing: { up: failure } });

    expect(await failureOf(up(context, { yes: true }))).to.equal(failure);
    expect(context.engine.openPlans.size).to.equal(0);
    expect(context.output.views.at(-1)).to.equal("end of Update of staging");
  });

  for (const { caller, forbidden, code, message } of [
    {
      caller: "111111111111",
      forbidden: [],
      code: "account-mismatch",
      message: `staging belongs to account ${ownAccount}, and the caller arn:aws:iam::111111111111:user/deployer is in account 111111111111.`,
    },
    {
      caller: "709825985650",
      forbidden: ["709825985650"],
      code: "account-forbidden",
      message: "Account 709825985650 is forbidden for staging; the caller is arn:aws:iam::709825985650:user/deployer.",
    },
  ]) {
    it(`refuses with ${code} before anything is previewed`, async () => {
      const context = fakeContext({ changes: [added], caller, forbidden });

      const error = await failureOf(up(context, { yes: true }));

      expect([error.code, error.exitCode, error.message, error.remedy]).to.deep.equal([
        code,
        3,
        message,
        `Nothing was changed. Use credentials of account ${ownAccount}, for example AWS_PROFILE=internal.`,
      ]);
      expect(context.log).to.deep.equal(["caller", "record"]);
    });
  }
});
