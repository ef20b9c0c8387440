import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { exitCodes, SlipwayError } from "../../automation/model/errors";
import { withLock } from "../with-lock";
import { ask, isAlive } from "./control-client";
import { setStateAside } from "./lost-state";
import type { SandboxPaths } from "./paths";
import { readRecord, removeRecord } from "./record";

/** Ending takes milliseconds; this is for a machine that is out of breath. */
const stopSeconds = 10;

export interface Stopped {
  readonly wasRunning: boolean;
  /** Where the state is now that belonged to the cloud; undefined when there was none. */
  readonly aside: string | undefined;
}

/**
 * Stops the sandbox. Its cloud lives in memory, so the Pulumi state is set aside with it.
 *
 * @param forget removes that state, everything set aside before, and the stack files with their secrets. @default false
 */
export async function stopSandbox(paths: SandboxPaths, { forget = false } = {}): Promise<Stopped> {
  return withLock(paths.lock, async () => {
    const record = await readRecord(paths.record);
    const wasRunning = record !== undefined && (await isAlive(record));
    if (wasRunning) {
      await ask(record, "POST", "stop");
      await waitUntilGone(paths);
    }
    await removeRecord(paths.record);
    if (!forget) return { wasRunning, aside: await setStateAside(paths, new Date()) };
    await Promise.all(
      [paths.backend, paths.lost, paths.config].map((folder) => rm(folder, { recursive: true, force: true })),
    );
    return { wasRunning, aside: undefined };
  });
}

/** The supervisor removes its record as the first thing and its port goes with the process. */
async function waitUntilGone(paths: SandboxPaths): Promise<void> {
  const deadline = performance.now() + stopSeconds * 1000;
  while (performance.now() < deadline) {
    const record = await readRecord(paths.record);
    if (!record || !(await isAlive(record))) return;
    await sleep(25);
  }
  throw new SlipwayError({
    code: "sandbox-does-not-stop",
    exitCode: exitCodes.failed,
    message: `The sandbox was asked to stop ${stopSeconds} s ago and still answers.`,
    remedy: `Its process id is in ${paths.record}.`,
  });
}
