import { readdir } from "node:fs/promises";
import { defineCommand } from "../../automation/commands/command";
import { exitCodes } from "../../automation/model/errors";
import { ask } from "../session/control-client";
import { readRecord } from "../session/record";
import { stackNames } from "../session/stacks";
import { here } from "./here";

export const statusCommand = defineCommand({
  name: "sandbox status",
  summary: "Whether it runs, where, and what it holds; exit code 5 when it does not",
  effect: "read",
  needs: "nothing",
  options: {},
  async run() {
    const { liveRecord } = await import("../session/start");
    const paths = here();
    const [record, stacks, lost] = await Promise.all([
      liveRecord(paths),
      stackNames(paths.backend),
      readdir(paths.lost).catch(() => [] as string[]),
    ]);
    const facts = { stacks, lost, log: paths.log };
    if (!record) {
      const hasCrashed = (await readRecord(paths.record)) !== undefined;
      return {
        summary: hasCrashed
          ? `The sandbox has ended without being asked to (log: ${paths.log}). The next command with --sandbox starts it again.`
          : "The sandbox is not running. `slipway sandbox start` starts it.",
        data: { running: false, hasCrashed, ...facts },
        exitCode: exitCodes.unhealthy,
      };
    }
    const status = await ask(record, "GET", "status");
    const endpoint = `http://127.0.0.1:${record.port}`;
    const lines = [
      `The sandbox runs: ${endpoint}`,
      `  since     ${record.startedAt} (process ${record.pid})`,
      `  stacks    ${stacks.join(", ") || "none"}`,
      `  log       ${paths.log}`,
      ...(lost.length > 0 ? [`  set aside ${lost.length} state(s) of former clouds in ${paths.lost}`] : []),
    ];
    return { summary: lines.join("\n"), data: { running: true, endpoint, ...status, ...facts } };
  },
});
