import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { access, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import type { CommandEnd, CommandRun, EngineHost } from "./engine-host";

/** A holder that was killed is noticed after this long; a living one renews its lock five times in it. */
const staleMs = 10_000;
const retryMs = 500;
/** A cold build takes 190 s on two cores; a holder that needs longer than this is not waited for. */
const waitSeconds = 1800;

/** The machine itself. */
export const systemEngineHost: EngineHost = {
  platform: process.platform,
  arch: process.arch,
  home: homedir(),
  processId: process.pid,
  now: () => Date.now(),
  run: runCommand,
  isExecutable: async (path) =>
    access(path, constants.X_OK)
      .then(() => stat(path))
      .then(
        (found) => found.isFile(),
        () => false,
      ),
  facts: async (path) =>
    stat(path).then(
      ({ size, mtimeMs }) => ({ size, mtimeMs }),
      () => undefined,
    ),
  realPath: async (path) => realpath(path).catch(() => undefined),
  async sha256(path) {
    const hash = createHash("sha256");
    await pipeline(createReadStream(path), hash);
    return hash.digest("hex");
  },
  readText: async (path) => readFile(path, "utf8").catch(() => undefined),
  writeText: async (path, text) => writeFile(path, text),
  async makeFolder(path) {
    await mkdir(path, { recursive: true });
  },
  list: async (path) => readdir(path).catch(() => []),
  remove: async (path) => rm(path, { recursive: true, force: true }),
  rename,
  withLock,
};

function runCommand({ command, args, env, cwd, timeoutSeconds }: CommandRun): Promise<CommandEnd> {
  return new Promise((resolve) => {
    // A process group of its own, so that a timeout also ends what the command has started (curl, the Go compiler).
    const child = spawn(command, args, { env, cwd, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
    let isLate = false;
    const killGroup = (): void => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    };
    const timer = setTimeout(() => {
      isLate = true;
      killGroup();
    }, timeoutSeconds * 1000);
    // Being in a group of its own, it would otherwise go on after a Ctrl-C or an exit of ours.
    process.once("exit", killGroup);
    const end = (result: CommandEnd): void => {
      clearTimeout(timer);
      process.off("exit", killGroup);
      resolve(isLate ? { kind: "timed-out", seconds: timeoutSeconds } : result);
    };
    child.on("error", ({ message }) => end({ kind: "not-started", reason: message }));
    child.on("close", (code) => end({ kind: "ended", code: code ?? -1, ...output }));
  });
}

async function withLock<T>(path: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  const { lock } = await import("proper-lockfile");
  await mkdir(dirname(path), { recursive: true });
  // A lock that was lost, for example in a laptop's sleep, is no reason to die: the finished build is renamed into place as one.
  const options = {
    lockfilePath: path,
    realpath: false,
    stale: staleMs,
    update: staleMs / 5,
    onCompromised: () => undefined,
  };
  const retries = { retries: (waitSeconds * 1000) / retryMs, factor: 1, minTimeout: retryMs, maxTimeout: retryMs };
  const release = await lock(path, options).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ELOCKED") throw error;
    onWait();
    return lock(path, { ...options, retries });
  });
  try {
    return await work();
  } finally {
    await release().catch(() => undefined);
  }
}
