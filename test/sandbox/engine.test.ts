import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { RunError } from "@pulumi/pulumi";
import { expect } from "chai";
import type { SlipwayError } from "../../automation/model/errors";
import { brief, deploy } from "./probe/deploy";
import { errorOf } from "./probe/error-of";
import { freshProbe } from "./probe/fresh-probe";
import type { Probe } from "./probe/probe";
import { probeSecret } from "./probe/program";

describe("the real engine", function () {
  this.timeout(60_000);
  let probe: Probe;

  freshProbe((made) => {
    probe = made;
  });

  it("applies what was previewed, and finds nothing to change afterwards", async () => {
    const engine = probe.engine();

    const first = await engine.preview();
    const applied = await engine.up({ planFile: first.planFile });
    const second = await engine.preview();

    const all = ["create database", "create db", "create main", "create network", "create probe-dev", "create vpc"];
    expect([brief(first.changes), brief(applied.changes), brief(second.changes)]).to.deep.equal([all, all, []]);
    expect([first.exists, second.exists]).to.deep.equal([false, true]);
  });

  it("leaves the project's files as they are", async () => {
    const before = probe.files();

    await deploy(probe.engine());

    expect(probe.files()).to.deep.equal(before);
  });

  it("keeps secrets out of the plan, the state, the outputs and the changes", async () => {
    const engine = probe.engine();
    const { planFile, changes } = await engine.preview();
    const plan = readFileSync(planFile, "utf8");
    const rights = [planFile, dirname(planFile)].map((path) => (statSync(path).mode & 0o777).toString(8));
    await engine.up({ planFile });
    await engine.discardPlan(planFile);

    expect(await engine.outputs()).to.have.deep.members([
      { name: "password", value: "[secret]", secret: true },
      { name: "vpcCidr", value: "10.0.0.0/16", secret: false },
    ]);
    expect(JSON.stringify([changes, await engine.state()]) + plan + probe.stateText()).not.to.contain(probeSecret);
    expect([rights, existsSync(dirname(planFile))]).to.deep.equal([["600", "700"], false]);
  });

  it("refuses to apply anything else than the plan, and does not show the values", async () => {
    await deploy(probe.engine());
    const { planFile } = await probe.engine().preview();

    const error = await errorOf(probe.engine({ db: { password: "another-secret" } }).up({ planFile }));

    expect(error).to.include({
      code: "plan-violated",
      exitCode: 3,
      message: "db is not what the approved preview showed (password): it was not applied.",
    });
    expect(error.data).to.deep.equal({ differs: ["password"], operation: "up", engineExitCode: 1 });
  });

  it("finishes what is in flight after one interrupt, and the next run does the rest", async () => {
    const stop = new AbortController();
    const terminate = new AbortController().signal;
    const { planFile } = await probe.engine({ vpc: { waitFor: "go" } }).preview();

    const engine = probe.engine({ vpc: { waitFor: "go" } }, { interrupts: { stop: stop.signal, terminate } });
    const error = await errorOf(
      engine.up({
        planFile,
        onProgress: (event) => {
          if (event.kind !== "started" || event.name !== "vpc") return;
          stop.abort();
          probe.release("go");
        },
      }),
    );
    const afterwards = (await engine.state()).resources.map(({ name }) => name);

    expect(error).to.include({ code: "interrupted", exitCode: 1 });
    expect(error.data).to.deep.equal({ operation: "up", engineExitCode: 1, pendingOperations: [] });
    expect([probe.things(), afterwards.includes("vpc"), afterwards.includes("db")]).to.deep.equal([
      ["vpc.thing"],
      true,
      false,
    ]);
    expect(await deploy(probe.engine({ vpc: { waitFor: "go" } }))).to.include("create db");
    expect(probe.calls().filter((call) => call === "create vpc")).to.have.length(1);
  });

  it("lists what nobody knows the outcome of when the engine was cut off, and is free again after a cancel", async () => {
    const stop = new AbortController();
    const wishes = { vpc: { waitFor: "never" } };
    const engine = probe.engine(wishes, { interrupts: { stop: stop.signal, terminate: new AbortController().signal } });
    const { planFile } = await engine.preview();

    const run = errorOf(engine.up({ planFile }));
    await probe.called("create vpc");
    stop.abort();
    process.kill(probe.enginePid(), "SIGKILL");
    const cutOff = await run;
    const { pendingOperations } = await engine.state();
    const locked = await errorOf(deploy(probe.engine()));
    await probe.engine().cancel();

    const urn = "urn:pulumi:dev::probe::slipway:network:Network$probe:index:Thing::vpc";
    expect([cutOff.code, cutOff.data["engineExitCode"], locked.code]).to.deep.equal([
      "interrupted",
      137,
      "stack-locked",
    ]);
    expect([cutOff.data["pendingOperations"], pendingOperations]).to.deep.equal([
      [{ urn, operation: "creating" }],
      [{ urn, operation: "creating" }],
    ]);
    expect(await deploy(probe.engine())).to.include.members(["create vpc", "create db"]);
  });

  it("names the resource that failed and what its provider said, and goes on from there next time", async () => {
    const error = await errorOf(
      deploy(probe.engine({ db: { fail: "DBSubnetGroupDoesNotCoverEnoughAZs: two zones are needed" } })),
    );

    expect(error).to.include({
      code: "resource-failed",
      exitCode: 1,
      message: "db failed: DBSubnetGroupDoesNotCoverEnoughAZs: two zones are needed",
    });
    expect(error.resource).to.equal("urn:pulumi:dev::probe::slipway:database:Database$probe:index:Thing::db");
    expect(await deploy(probe.engine())).to.deep.equal(["create db"]);
  });

  it("says who holds the lock", async () => {
    const slow = probe.engine({ vpc: { waitFor: "go" } });
    const { planFile } = await slow.preview();
    let locked: Promise<SlipwayError> | undefined;

    await slow.up({
      planFile,
      onProgress: ({ kind, ...event }) => {
        if (kind !== "started" || !("name" in event) || event.name !== "vpc") return;
        locked = errorOf(probe.engine().refresh()).finally(() => probe.release("go"));
      },
    });

    const error = await locked;
    expect(error).to.include({ code: "stack-locked", exitCode: 4 });
    expect(Object.keys(error?.data["lock"] as object)).to.deep.equal(["by", "pid", "since"]);
  });

  it("gives every end its own code", async () => {
    const fault = new RunError(
      "Pulumi.dev.yaml has 2 faults:\n  slipway:network.cidr: found 5\n  slipway:x: unknown key",
    );
    const ends = [
      await errorOf(probe.engine({ fault }).preview()),
      await errorOf(probe.engine({ fault: new TypeError("x is undefined") }).preview()),
      await errorOf(probe.engine({}, { env: { PULUMI_CONFIG_PASSPHRASE: undefined } }).preview()),
      await errorOf(probe.engine({}, { env: { PULUMI_CONFIG_PASSPHRASE: "wrong" } }).preview()),
      await errorOf(probe.engine({}, { stack: "nope" }).preview()),
      await errorOf(probe.engine({}, { env: { PULUMI_HOME: `${probe.folder}/empty` } }).preview()),
      await errorOf(probe.engine({}, { env: { PULUMI_BACKEND_URL: "file:///nowhere/at/all" } }).preview()),
      await errorOf(deploy(probe.engine({ vpc: { fail: "connect ECONNREFUSED 127.0.0.1:1" } }))),
    ];

    expect(ends.map(({ code, exitCode, data }) => [code, exitCode, data["engineExitCode"]])).to.deep.equal([
      ["config-invalid", 2, 1],
      ["program-failed", 1, 1],
      ["passphrase-missing", 2, 1],
      ["passphrase-wrong", 2, 1],
      ["stack-not-found", 2, 6],
      ["plugin-missing", 1, 1],
      ["backend-unreachable", 1, 1],
      ["endpoint-unreachable", 1, 1],
    ]);
    expect(ends[0]?.message).to.equal(fault.message);
  });
});
