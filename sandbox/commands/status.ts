import { readdir } from "node:fs/promises";
import { defineCommand } from "../../automation/commands/command";
import { exitCodes } from "../../automation/model/errors";
import type { ListenerPort } from "../model/targets";
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
    const [{ liveRecord }, { ownBalancers }] = await Promise.all([
      import("../session/start"),
      import("../load/own-balancers"),
    ]);
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
      `The sandbox runs: ${endpoint} (in a browser: what happens in it, live)`,
      `  since     ${record.startedAt} (process ${record.pid})`,
      `  stacks    ${stacks.join(", ") || "none"}`,
      `  clock     ${String(status["now"])}, at ${String(status["speed"])} times`,
      ...listenerLines(
        (status["ports"] ?? []) as readonly ListenerPort[],
        await stackOf(stacks, async (stack) => ownBalancers(paths.backend, stack)),
      ),
      `  log       ${paths.log}`,
      ...(lost.length > 0 ? [`  set aside ${lost.length} state(s) of former clouds in ${paths.lost}`] : []),
    ];
    return { summary: lines.join("\n"), data: { running: true, endpoint, ...status, ...facts } };
  },
});

/** Which stack has made which load balancer, by its name. */
async function stackOf(
  stacks: readonly string[],
  ownBalancers: (stack: string) => Promise<readonly string[]>,
): Promise<ReadonlyMap<string, string>> {
  const all = stacks.map(async (stack) => (await ownBalancers(stack)).map((balancer) => [balancer, stack] as const));
  return new Map((await Promise.all(all)).flat());
}

const listenerLines = (ports: readonly ListenerPort[], stacks: ReadonlyMap<string, string>): readonly string[] =>
  ports.map(({ account, loadBalancer, protocol, port, address }, index) => {
    const whose = stacks.get(loadBalancer) ?? `account ${account}`;
    return `${index === 0 ? "  listeners " : "            "}${address}  is ${protocol} ${port} of ${loadBalancer} (${whose})`;
  });
