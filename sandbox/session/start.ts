import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { exitCodes, SlipwayError } from "../../automation/model/errors";
import { ensurePythonEnvironment } from "../emulator/python-environment";
import { timed, type Say } from "../say";
import { withLock } from "../with-lock";
import { isAlive } from "./control-client";
import { setStateAside } from "./lost-state";
import type { SandboxPaths } from "./paths";
import { readRecord, type SessionRecord } from "./record";
import type { SupervisorOptions } from "./supervisor";

/** Three times what a start takes on two busy cores. */
const startSeconds = 60;
const pollMs = 25;

export interface Started {
  readonly record: SessionRecord;
  /** False when it was already there. */
  readonly isNew: boolean;
}

/**
 * Gives the running sandbox; starts it when it is not there or has crashed. Two processes at once get the same one.
 *
 * @param speed of a new sandbox's clock; one that runs already keeps its own
 */
export async function startSandbox(paths: SandboxPaths, say: Say, speed: number): Promise<Started> {
  const running = await liveRecord(paths);
  if (running) return { record: running, isNew: false };
  return withLock(paths.lock, async () => {
    const former = await readRecord(paths.record);
    if (former && (await isAlive(former))) return { record: former, isNew: false };
    return { record: await startAnew(paths, former, say, speed), isNew: true };
  });
}

/** The sandbox that runs; undefined when none does. */
export async function liveRecord(paths: SandboxPaths): Promise<SessionRecord | undefined> {
  const record = await readRecord(paths.record);
  return record && (await isAlive(record)) ? record : undefined;
}

async function startAnew(
  paths: SandboxPaths,
  former: SessionRecord | undefined,
  say: Say,
  speed: number,
): Promise<SessionRecord> {
  if (former) say(`the sandbox of ${former.startedAt} has ended without being asked to; its log is ${paths.log}`);
  const aside = await setStateAside(paths, new Date());
  if (aside) say(`its cloud was in memory and is gone, so the Pulumi state of it was set aside: ${aside}`);
  const python = await ensurePythonEnvironment({
    venv: paths.venv,
    requirementsFile: join(paths.package, "sandbox", "emulator", "requirements.txt"),
    say,
  });
  const preferredPort = Number(await readFile(paths.port, "utf8").catch(() => "0"));
  return timed(say, "starting the sandbox's AWS", () =>
    spawnSupervisor(paths, {
      project: paths.project,
      python,
      epoch: randomBytes(8).toString("hex"),
      preferredPort,
      speed,
    }),
  );
}

async function spawnSupervisor(paths: SandboxPaths, options: SupervisorOptions): Promise<SessionRecord> {
  await mkdir(paths.root, { recursive: true });
  const entry = join(paths.package, "dist", "sandbox", "session", "supervisor-main.js");
  const log = openSync(paths.log, "a");
  // Detached: Ctrl-C at the command that happened to start it must not end it.
  const child = spawn(process.execPath, [entry, JSON.stringify(options)], {
    detached: true,
    stdio: ["ignore", log, log],
    cwd: paths.package,
  });
  closeSync(log);
  child.unref();
  let ended: string | undefined;
  child.once("error", (error) => (ended = error.message));
  child.once("exit", (code, signal) => (ended = `${signal ?? `exit code ${code}`}`));

  const deadline = performance.now() + startSeconds * 1000;
  while (ended === undefined && performance.now() < deadline) {
    const record = await readRecord(paths.record);
    if (record?.epoch === options.epoch) return record;
    await sleep(pollMs);
  }
  if (ended === undefined) child.kill("SIGKILL");
  throw new SlipwayError({
    code: "sandbox-start-failed",
    exitCode: exitCodes.failed,
    message: `The sandbox did not start (${ended ?? `no answer within ${startSeconds} s`}). The end of its log:\n${await tail(paths.log)}`,
    remedy: `Read ${paths.log}. \`npm run build\` makes the files it runs from; removing ${paths.venv} installs its Python anew.`,
  });
}

async function tail(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trim().split("\n").slice(-8).join("\n");
}
