import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { quietOutput } from "../../automation/adapters/quiet-output";
import type { SlipwayError } from "../../automation/model/errors";
import { openContext, type OpenContextOptions } from "../../automation/wiring";

const opening = (special: Partial<OpenContextOptions>) =>
  openContext({ stack: "staging", env: {}, folder: process.cwd(), output: quietOutput, ...special });

describe("openContext", () => {
  it("reads a checked-in stack without calling anything, from a folder below the project's too", async () => {
    const { stack, project, region, config } = await opening({ folder: join(process.cwd(), "test", "automation") });
    expect([stack, project, region, config.system]).to.deep.equal(["staging", "slipway", "eu-central-1", "axonflow"]);
  });

  it("names the known stacks when there is none of that name", async () => {
    const error = (await opening({ stack: "stagin" }).catch((thrown: unknown) => thrown)) as SlipwayError;
    expect([error.code, error.exitCode, error.remedy]).to.deep.equal([
      "stack-unknown",
      2,
      "Did you mean `staging`? Stacks here: production, staging.",
    ]);
  });

  it("says so when there is no project", async () => {
    const folder = await mkdtemp(join(tmpdir(), "slipway-none-"));
    try {
      const error = (await opening({ folder }).catch((thrown: unknown) => thrown)) as SlipwayError;
      expect([error.code, error.exitCode]).to.deep.equal(["project-missing", 2]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  for (const [value, skips] of [
    ["true", true],
    ["TRUE", false],
    ["1", false],
    ["true ", false],
    ["yes", false],
    [undefined, false],
  ] as const) {
    it(`${skips ? "lets" : "does not let"} the gate be overridden with SKIP_DIFF_GATE=${JSON.stringify(value)}`, async () => {
      expect((await opening({ env: { SKIP_DIFF_GATE: value } })).skipDiffGate).to.equal(skips);
    });
  }
});
