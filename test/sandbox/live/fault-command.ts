import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { run, type CliResult } from "../../_helpers/sandbox-project";

const cli = resolve(__dirname, "..", "..", "..", "dist", "sandbox", "cli.js");

/** `slipway sandbox fault` as one types it. */
export interface FaultCommand {
  /** Every word behind `sandbox fault`; throws with what it printed when it fails. */
  fault(...words: readonly string[]): Promise<string>;
  /** The same, whatever becomes of it. */
  tried(...words: readonly string[]): Promise<CliResult>;
  remove(): void;
}

/** The command in a folder of its own, whose sandbox is the one that the tests run against. */
export async function faultCommand(endpoint: string): Promise<FaultCommand> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-fault-"));
  const { epoch } = (await (await fetch(`${endpoint}/_slipway/health`)).json()) as { epoch: string };
  const record = { pid: process.pid, port: Number(new URL(endpoint).port), epoch, startedAt: new Date().toISOString() };
  mkdirSync(join(folder, ".slipway", "sandbox"), { recursive: true });
  writeFileSync(join(folder, "Pulumi.yaml"), "name: faults\nruntime: nodejs\n");
  writeFileSync(join(folder, ".slipway", "sandbox", "session.json"), JSON.stringify(record));
  const tried: FaultCommand["tried"] = async (...words) =>
    run(process.execPath, [cli, "sandbox", "fault", ...words], folder);
  return {
    tried,
    async fault(...words) {
      const { code, stdout, stderr } = await tried(...words);
      if (code !== 0) throw new Error(`sandbox fault ${words.join(" ")}: ${code} ${stdout} ${stderr}`);
      return stdout;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
