import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { exitCodes, SlipwayError } from "../../automation/model/errors";
import { runProcess } from "../run-process";
import { timed, type Say } from "../say";
import { withLock } from "../with-lock";

export interface PythonEnvironmentOptions {
  /** Folder of the environment; made when it is missing, incomplete or of other requirements. */
  readonly venv: string;
  readonly requirementsFile: string;
  readonly say: Say;
  /** What is told to be installed. @default the AWS emulator (moto) */
  readonly what?: string;
  /** Interpreters to try, in this order. @default python3, python */
  readonly interpreters?: readonly string[];
}

/** moto 5.2.5 says `Requires-Python: >=3.10`. */
const check =
  "import sys, venv, ensurepip; print('.'.join(map(str, sys.version_info[:3]))); sys.exit(sys.version_info < (3, 10))";

/** Gives the path of a Python that has what is required, installing it once. Safe when several processes ask at the same time. */
export async function ensurePythonEnvironment(options: PythonEnvironmentOptions): Promise<string> {
  const python = join(options.venv, "bin", "python");
  const wanted = createHash("sha256")
    .update(await readFile(options.requirementsFile))
    .digest("hex");
  if (await isComplete(options.venv, wanted)) return python;
  return withLock(`${options.venv}.lock`, async () => {
    if (!(await isComplete(options.venv, wanted))) await install(options, wanted);
    return python;
  });
}

const markerOf = (venv: string): string => join(venv, ".slipway-complete");

/** The marker is written last and names the requirements, so an interrupted or older installation does not count. */
async function isComplete(venv: string, wanted: string): Promise<boolean> {
  const marker = await readFile(markerOf(venv), "utf8").catch(() => "");
  return marker === wanted && existsSync(join(venv, "bin", "python"));
}

async function install(
  { venv, requirementsFile, say, interpreters, what = "the AWS emulator (moto)" }: PythonEnvironmentOptions,
  wanted: string,
): Promise<void> {
  const interpreter = await findInterpreter(interpreters ?? ["python3", "python"]);
  await removeLeftovers(venv);
  const beside = `${venv}.building-${process.pid}`;
  await timed(say, `installing ${what} into its own Python environment`, async () => {
    await must(interpreter, ["-m", "venv", beside]);
    // Through the interpreter, not the pip script: the script holds a path that the rename below makes wrong.
    await must(join(beside, "bin", "python"), [
      "-m",
      "pip",
      "install",
      "--disable-pip-version-check",
      "--no-input",
      "--quiet",
      "-r",
      requirementsFile,
    ]);
    await writeFile(markerOf(beside), wanted);
    await rm(venv, { recursive: true, force: true });
    await rename(beside, venv);
  });
}

/** What killed installations left behind; the lock is held, so nobody is working on them. */
async function removeLeftovers(venv: string): Promise<void> {
  const prefix = `${basename(venv)}.building-`;
  const leftovers = (await readdir(dirname(venv))).filter((name) => name.startsWith(prefix));
  await Promise.all(leftovers.map((name) => rm(join(dirname(venv), name), { recursive: true, force: true })));
}

async function findInterpreter(candidates: readonly string[]): Promise<string> {
  const tried: string[] = [];
  for (const candidate of candidates) {
    const { code, stdout, stderr } = await runProcess(candidate, ["-c", check]);
    if (code === 0) return candidate;
    tried.push(`${candidate}: ${stdout.trim() ? `is Python ${stdout.trim()}, 3.10 is needed` : lastLine(stderr)}`);
  }
  throw new SlipwayError({
    code: "python-missing",
    exitCode: exitCodes.failed,
    message: `The sandbox's AWS emulator needs Python 3.10 or later with the modules venv and ensurepip. Tried ${tried.join("; ")}.`,
    remedy:
      "Install it (Debian and Ubuntu: `apt-get install python3 python3-venv`; macOS: `brew install python`) and run the command again.",
    data: { tried },
  });
}

async function must(command: string, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await runProcess(command, args);
  if (code === 0) return;
  throw new SlipwayError({
    code: "emulator-install-failed",
    exitCode: exitCodes.failed,
    message: `\`${[command, ...args].join(" ")}\` failed (${code ?? "no exit code"}):\n${(stderr.trim() || stdout.trim()).split("\n").slice(-8).join("\n")}`,
    remedy:
      "Nothing half-done was kept. Is there a connection to the Python package index, and room on the disk? Then run the command again.",
  });
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";
