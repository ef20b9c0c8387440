import { expect } from "chai";
import { cancel } from "../../../automation/stack/cancel";
import { drift } from "../../../automation/stack/drift";
import { outputs } from "../../../automation/stack/outputs";
import { preview } from "../../../automation/stack/preview";
import { refresh } from "../../../automation/stack/refresh";
import { fakeContext } from "../../_fakes/fake-context";
import { aChange } from "../../_helpers/a-change";

const changed = aChange({ type: "aws:ecs/service:Service", op: "update", name: "agent" });

describe("preview", () => {
  it("shows the changes, and leaves no plan behind", async () => {
    const context = fakeContext({ changes: [changed] });

    const report = await preview(context, {});

    expect(report.summary).to.equal(
      "Action | Resource | Type\n-------|----------|------------------------\nModify | agent    | aws:ecs/service:Service\n\n1 to modify",
    );
    expect([report.exitCode, context.log]).to.deep.equal([undefined, ["preview", "discardPlan"]]);
  });

  it("exits 1 when no change was expected", async () => {
    const codes = [
      await preview(fakeContext({ changes: [changed] }), { expectNoChanges: true }),
      await preview(fakeContext(), { expectNoChanges: true }),
    ].map(({ exitCode }) => exitCode);
    expect(codes).to.deep.equal([1, undefined]);
  });
});

describe("drift", () => {
  it("only looks, and exits 5 when something was changed elsewhere", async () => {
    const context = fakeContext({ drift: [changed] });

    const report = await drift(context, {});

    expect(context.log).to.deep.equal(["refresh (look only)"]);
    expect([report.exitCode, (report.data["drift"] as unknown[]).length]).to.deep.equal([5, 1]);
  });

  it("exits 0 when nothing was", async () => {
    expect(await drift(fakeContext(), {})).to.deep.equal({
      summary: "staging is as the stack left it.",
      data: { drift: [], durationMs: 500 },
    });
  });
});

describe("refresh", () => {
  it("shows what was changed elsewhere and asks before it writes the state", async () => {
    const context = fakeContext({ drift: [changed], answers: ["yes"] });
    await refresh(context, {});
    expect(context.log).to.deep.equal(["caller", "lock", "refresh (look only)", "ask", "refresh", "record", "release"]);
  });

  for (const { what, options, answers } of [
    { what: "in a dry run", options: { dryRun: true }, answers: undefined },
    { what: "without a yes", options: {}, answers: ["no"] },
  ]) {
    it(`writes nothing ${what}`, async () => {
      const context = fakeContext({ drift: [changed], ...(answers === undefined ? {} : { answers }) });
      await refresh(context, options);
      expect(context.log).not.to.include("refresh");
    });
  }
});

describe("outputs", () => {
  const found = [
    { name: "loadBalancerUrl", value: "http://it's-here", secret: false },
    { name: "releases", value: { agent: { live: "blue" } }, secret: false },
    { name: "databasePassword", value: "[secret]", secret: true },
  ];

  it("is a table in which secrets stay hidden", async () => {
    const { summary, data } = await outputs(fakeContext({ outputs: found }), {});
    expect(summary).to.equal(
      [
        "Output              | Value",
        "--------------------|-----------------",
        "loadBalancerUrl     | http://it's-here",
        "releases.agent.live | blue",
        "databasePassword    | [secret]",
      ].join("\n"),
    );
    expect(data).to.deep.equal({
      outputs: {
        loadBalancerUrl: "http://it's-here",
        releases: { agent: { live: "blue" } },
        databasePassword: "[secret]",
      },
    });
  });

  it("is what a shell can read, quoted, and without secrets", async () => {
    const { summary } = await outputs(fakeContext({ outputs: found }), { shell: true });
    expect(summary.split("\n")).to.deep.equal([
      `export LOAD_BALANCER_URL='http://it'\\''s-here'`,
      `export RELEASES='{"agent":{"live":"blue"}}'`,
      "# DATABASE_PASSWORD is a secret",
    ]);
  });
});

describe("cancel", () => {
  const pendingOperations = [{ urn: "urn:x", operation: "creating" }];

  it("asks, cancels, and lists what nobody knows the outcome of", async () => {
    const context = fakeContext({ state: { pendingOperations }, answers: ["yes"] });

    const report = await cancel(context, {});

    expect(context.log.slice(0, 4)).to.deep.equal(["caller", "lock", "ask", "cancel"]);
    expect(report.data).to.deep.equal({ outcome: "cancelled", pendingOperations });
    expect(report.summary).to.contain("creating urn:x");
  });

  it("only lists them in a dry run", async () => {
    const context = fakeContext({ state: { pendingOperations } });
    await cancel(context, { dryRun: true });
    expect(context.log).to.deep.equal(["caller", "state"]);
  });
});
