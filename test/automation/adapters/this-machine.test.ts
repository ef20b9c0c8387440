import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "chai";
import { ciRun, thisMachine } from "../../../automation/adapters/this-machine";

describe("thisMachine", () => {
  const machine = thisMachine({});

  it("is the same each time, and knows its own process", () => {
    const again = thisMachine({});
    expect([again.id, again.host, again.user, again.self]).to.deep.equal([
      machine.id,
      machine.host,
      machine.user,
      machine.self,
    ]);
    expect([machine.self.pid, machine.isAlive(machine.self)]).to.deep.equal([process.pid, true]);
    expect(machine.randomId()).not.to.equal(machine.randomId());
  });

  it("tells a process from a later one with the same number", function () {
    if (machine.self.startedAt === undefined) this.skip();
    expect(machine.isAlive({ pid: process.pid, startedAt: "1" })).to.equal(false);
  });

  it("knows that a killed process is gone, and one that is stopped is not", async () => {
    const child = spawn("sleep", ["60"], { stdio: "ignore" });
    const pid = child.pid ?? 0;
    child.kill("SIGSTOP");
    const stopped = machine.isAlive({ pid });
    const end = once(child, "exit");
    child.kill("SIGKILL");
    await end;
    expect([stopped, machine.isAlive({ pid })]).to.deep.equal([true, false]);
  });

  it("takes a process of somebody else for alive", () => {
    expect(machine.isAlive({ pid: 1 })).to.equal(true);
  });
});

describe("ciRun", () => {
  for (const [env, run] of [
    [{}, undefined],
    [{ CI: "false" }, undefined],
    [{ CI: "true" }, "CI"],
    [{ CI: "true", CI_JOB_URL: "https://gitlab/1" }, "https://gitlab/1"],
    [
      { CI: "true", GITHUB_SERVER_URL: "https://github.com", GITHUB_REPOSITORY: "a/b", GITHUB_RUN_ID: "9" },
      "https://github.com/a/b/actions/runs/9",
    ],
    [{ BUILD_URL: "https://jenkins/2" }, "https://jenkins/2"],
    [{ CODEBUILD_BUILD_ID: "x:1" }, "x:1"],
  ] as const) {
    it(`is ${run ?? "none"} with ${JSON.stringify(env)}`, () => {
      expect(ciRun(env)).to.equal(run);
    });
  }
});
