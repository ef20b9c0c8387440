import { expect } from "chai";
import { fleetCheck } from "../../../automation/fleet/check";
import { fleetResume } from "../../../automation/fleet/resume";
import { fleetRollback } from "../../../automation/fleet/rollback";
import { fleetStatus } from "../../../automation/fleet/status";
import type { SlipwayError } from "../../../automation/model/errors";
import { answered } from "../../_fakes/fake-http";
import type { FakeContext } from "../../_fakes/fake-context";
import { fleetWorld as world, releaseFleet as release } from "../../_helpers/a-fleet-world";

const four = () => world({ "i-1": "v1", "i-2": "v1", "i-3": "v1", "i-4": "v1" });

const refusal = async (run: Promise<unknown>): Promise<readonly [string, number]> =>
  run.then(
    () => ["no refusal", 0] as const,
    (error: unknown) => [(error as SlipwayError).code, (error as SlipwayError).exitCode] as const,
  );
const running = ({ instances }: FakeContext): readonly string[] => [...instances.runs.values()];
/** Ends the process at a call. */
const killAt = ({ instances }: FakeContext, call: string): void => {
  instances.interrupt = (what) => {
    if (what === call) throw new Error("killed");
  };
};
const alive = ({ instances }: FakeContext): void => {
  instances.interrupt = () => undefined;
};

describe("fleet release", () => {
  it("updates a canary, prints what share it really is, and stops there", async () => {
    const context = four();

    const report = await release(context, { type: "canary" });

    expect(report.exitCode ?? 0).to.equal(0);
    expect(report.data["effectivePercent"] ?? context.output.said.join()).to.match(
      /canary: 1 of 4 instances .*\(25 %\)/,
    );
    expect(running(context)).to.deep.equal(["v2", "v1", "v1", "v1"]);
  });

  it("rolls a good canary out over the others only", async () => {
    const context = four();
    await release(context, { type: "canary" });
    context.instances.log.length = 0;

    await release(context);

    expect(context.instances.log.filter((line) => line.startsWith("update"))).to.deep.equal([
      "update i-2 v2",
      "update i-3 v2",
      "update i-4 v2",
    ]);
  });

  it("has nothing to do when all run it, and leaves the record of the last run alone", async () => {
    const context = four();
    await release(context);

    expect((await release(context)).data["outcome"]).to.equal("unchanged");
    expect((await fleetRollback(context, { component: "agent", yes: true })).data["outcome"]).to.equal("rolled-back");
  });

  it("ends with 10 when it went back, and says why", async () => {
    const context = four();
    context.instances.isHealthy = (instance, version) => !(instance === "i-2" && version === "v2");

    const report = await release(context);

    expect([report.exitCode, report.data["outcome"], report.data["why"]]).to.deep.equal([
      10,
      "rolled-back",
      "i-2: v2 is not healthy",
    ]);
    expect(running(context)).to.deep.equal(["v1", "v1", "v1", "v1"]);
    expect(context.history.entries.at(-1)).to.include({
      command: "fleet release",
      outcome: "rolled-back",
      exitCode: 10,
    });
  });

  it("only looks with --dry-run", async () => {
    const context = four();

    expect((await release(context, { dryRun: true, yes: false })).data["outcome"]).to.equal("planned");
    expect(context.log).to.deep.equal(["caller", "describe agent"]);
    expect(context.history.entries).to.deep.equal([]);
  });

  it("refuses wrong words before anything is asked", async () => {
    const context = four();

    expect(await refusal(release(context, { component: "node" }))).to.deep.equal(["usage", 2]);
    expect(await refusal(release(context, { version: "v2; rm -rf /" }))).to.deep.equal(["usage", 2]);
    expect(await refusal(release(context, { canaryPercent: 0 }))).to.deep.equal(["usage", 2]);
    expect(await refusal(release(context, { healthInterval: NaN }))).to.deep.equal(["usage", 2]);
    expect(await refusal(release(context, { watch: "1h" }))).to.deep.equal(["usage", 2]);
    expect(await refusal(release(context, { watch: "long", type: "canary" }))).to.deep.equal(["usage", 2]);
    expect(context.log).to.deep.equal([]);
  });

  it("wants to know what instances run that remember nothing", async () => {
    const context = world({ "i-1": "v1", "i-2": null });

    expect(await refusal(release(context))).to.deep.equal(["fleet-version-unknown", 3]);
    context.instances.isHealthy = (_, version) => version === "v1" || version === "v0";
    await release(context, { currentVersion: "v0" });
    expect(context.instances.all.get("i-2")?.version).to.equal("v0");
  });

  it("refuses a fleet of which not all run", async () => {
    const context = world({ "i-1": "v1" }, { instances: { ids: ["i-1", "i-9"] } });

    expect(await refusal(release(context))).to.deep.equal(["fleet-not-running", 3]);
  });

  it("is refused while an earlier run is open, which can be resumed", async () => {
    const context = four();
    killAt(context, "updating i-2 v2");
    await release(context).catch(() => undefined);
    alive(context);

    expect(await refusal(release(context))).to.deep.equal(["fleet-run-open", 3]);
    const report = await fleetResume(context, { component: "agent", yes: true });

    expect(report.data["outcome"]).to.equal("done");
    expect(running(context)).to.deep.equal(["v2", "v2", "v2", "v2"]);
    expect(await refusal(fleetResume(context, { component: "agent", yes: true }))).to.deep.equal(["fleet-run-none", 3]);
  });
});

describe("fleet release of instances that remember nothing", () => {
  it("is told once what they run, for the canary and for the others", async () => {
    const context = world({ "i-1": null, "i-2": null });

    await release(context, { type: "canary", currentVersion: "v1" });

    expect((await release(context)).data["outcome"]).to.equal("done");
    expect(running(context)).to.deep.equal(["v2", "v2"]);
  });
});

describe("fleet rollback", () => {
  it("takes a canary and its roll-out back together, the newest first, and is no failure", async () => {
    const context = four();
    await release(context, { type: "canary" });
    await release(context);
    context.instances.log.length = 0;

    const report = await fleetRollback(context, { component: "", yes: true });

    expect([report.exitCode, report.data["outcome"]]).to.deep.equal([0, "rolled-back"]);
    expect(context.instances.log.filter((line) => line.startsWith("update"))).to.deep.equal([
      "update i-4 v1",
      "update i-3 v1",
      "update i-2 v1",
      "update i-1 v1",
    ]);
  });

  it("turns an open run back", async () => {
    const context = four();
    killAt(context, "check i-2 v2");
    await release(context).catch(() => undefined);
    alive(context);

    await fleetRollback(context, { component: "agent", yes: true });

    expect(running(context)).to.deep.equal(["v1", "v1", "v1", "v1"]);
  });

  it("has nothing to take back twice, or before the first run", async () => {
    const context = four();

    expect(await refusal(fleetRollback(context, { component: "", yes: true }))).to.deep.equal([
      "fleet-nothing-to-roll-back",
      3,
    ]);
    await release(context);
    await fleetRollback(context, { component: "agent", yes: true });
    expect(await refusal(fleetRollback(context, { component: "agent", yes: true }))).to.deep.equal([
      "fleet-nothing-to-roll-back",
      3,
    ]);
  });
});

describe("fleet status", () => {
  it("tells every instance and how the run stands", async () => {
    const context = four();
    killAt(context, "updating i-2 v2");
    await release(context).catch(() => undefined);
    alive(context);

    const { data, summary } = await fleetStatus(context, "agent");

    expect(data["instances"]).to.deep.equal([
      { instance: "i-1", state: "running", version: "v2", stage: "healthy", found: "" },
      { instance: "i-2", state: "running", version: null, stage: "updating", found: "" },
      { instance: "i-3", state: "running", version: "v1", stage: "waiting", found: "" },
      { instance: "i-4", state: "running", version: "v1", stage: "waiting", found: "" },
    ]);
    expect(summary).to.match(
      /open: 1 of 4 updated and healthy\.\nWhen nobody is at it: `slipway fleet resume staging agent`\./,
    );
  });
});

describe("fleet check", () => {
  it("asks one instance, by its commands", async () => {
    const context = four();
    context.instances.isHealthy = (instance) => instance !== "i-2";

    expect((await fleetCheck(context, "agent", "i-1")).data["healthy"]).to.equal(true);
    expect((await fleetCheck(context, "agent", "i-2")).exitCode).to.equal(5);
    expect(await refusal(fleetCheck(context, "agent", "i-7"))).to.deep.equal(["usage", 2]);
  });

  it("asks the private address, and wants the version that the instance remembers", async () => {
    const json = { status: "healthy", version: "{version}" };
    const context = world({ "i-1": "v1" }, { check: { http: { port: 8080, path: "/health", status: 200, json } } });
    context.http.answers.set("http://10.0.0.1:8080/health", [
      answered(200, { status: "healthy", version: "v1" }),
      answered(200, { status: "healthy", version: "v0" }),
    ]);

    expect((await fleetCheck(context, "agent", "i-1")).data["healthy"]).to.equal(true);
    expect((await fleetCheck(context, "agent", "i-1")).data["found"]).to.equal(
      'version: expected "v1", found "v0"; body: {"status":"healthy","version":"v0"}',
    );
  });
});
