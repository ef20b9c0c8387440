import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { sandboxCloud } from "../../_helpers/sandbox-cloud";
import { run, sandboxProject, type SandboxProject } from "../../_helpers/sandbox-project";
import { start, type Started } from "../../_helpers/started";
import { attempt, ends, orphans, type Attempt } from "./attempt";

const startUp = (project: SandboxProject): Started => start(project, "up", "staging", "--sandbox", "--yes");

/** When so many resources have been made. */
const made =
  (count: number) =>
  (said: string): boolean =>
    (said.match(/^ {2}created \S+ \(aws:/gm) ?? []).length >= count;

/**
 * The sandbox's AWS provider, which the engine uses. Stopped, it makes the engine wait; the engine itself could be
 * stopped in the middle of writing its state, which nobody could read then.
 */
async function providerOf({ folder }: SandboxProject): Promise<number> {
  const { pid } = JSON.parse(readFileSync(join(folder, ".slipway/sandbox/session.json"), "utf8")) as { pid: number };
  const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid=,args="], "/");
  const lines = stdout.split("\n").map((line) => /^ *(\d+) +(\d+) +(.*)$/.exec(line));
  const found = lines.find((line) => Number(line?.[2]) === pid && line?.[3]?.includes("main-aws.js") === true);
  if (found?.[1] === undefined) throw new Error(`the sandbox ${pid} has no AWS provider`);
  return Number(found[1]);
}

describe("an up of the whole environment that is disturbed", () => {
  let project: SandboxProject;
  let cloud: Awaited<ReturnType<typeof sandboxCloud>>;

  before(async () => {
    project = sandboxProject();
    cloud = await sandboxCloud(project, "staging");
  });

  after(async () => project.remove());

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`ends after one ${signal} with everything that was begun in the state`, async () => {
      const up = startUp(project);
      await up.says(made(3));
      process.kill(up.pid, signal);
      const { code, said } = await up.end;

      expect(code, said).to.equal(1);
      expect(said).to.contain("Interrupted: finishing what is in flight, nothing new is started.");
      expect(said).to.match(/The up of staging was interrupted\. No operation is pending: .*\n/);
      expect(said).to.match(/\(interrupted, exit 1\)\n$/);
      expect(await orphans(project, cloud)).to.deep.equal([]);
      expect((await cloud.leftovers())["alarms"], "it came to its end").to.have.lengthOf(0);
    });
  }

  it("keeps the lock while it runs: others are told who it is, and the next up finishes what the interrupted ones began", async () => {
    const up = startUp(project);
    await up.says(made(1));
    const provider = await providerOf(project);
    process.kill(provider, "SIGSTOP");
    let others: readonly Attempt[];
    try {
      others = [
        await attempt(project, ["up", "staging", "--sandbox", "--yes"]),
        await attempt(project, ["destroy", "staging", "--sandbox", "--yes"]),
      ];
    } finally {
      process.kill(provider, "SIGCONT");
    }
    const { code, said } = await up.end;
    const preview = await project.slipway("preview", "staging", "--sandbox", "--expect-no-changes");

    expect(others.map(ends)).to.deep.equal([
      [4, "stack-locked"],
      [4, "stack-locked"],
    ]);
    for (const { said: answer, data } of others) {
      expect(answer).to.match(
        new RegExp(`staging is locked by \\S+@\\S+ \\(process ${up.pid}\\)( in \\S+)? since \\d{4}-`),
      );
      expect(answer).to.contain("Wait for that run, for example with --wait-for-lock=10m.");
      expect(data["lock"]).to.include({ pid: up.pid, command: "up" });
    }
    expect(code, said).to.equal(0);
    expect(preview.code, preview.stdout).to.equal(0);
    expect(await orphans(project, cloud)).to.deep.equal([]);
  });
});
