// A sandbox in a temporary folder for the tests that only need an AWS endpoint.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { slipway } from "./steps.mjs";

/** Runs `work` with the address of an empty AWS whose clock goes at this speed, and takes it away again. */
export async function withThrowawaySandbox(speed, work) {
  const cwd = mkdtempSync(join(tmpdir(), "slipway-endpoint-"));
  writeFileSync(join(cwd, "Pulumi.yaml"), "name: endpoint\nruntime: nodejs\n");
  try {
    const { data } = JSON.parse(await slipway(["sandbox", "start", "--speed", speed, "--json"], { quiet: true, cwd }));
    return await work(data.endpoint);
  } finally {
    await slipway(["sandbox", "stop"], { quiet: true, cwd });
    rmSync(cwd, { recursive: true, force: true });
  }
}
