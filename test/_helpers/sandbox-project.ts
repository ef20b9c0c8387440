import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { slipwayPath } from "./started";

const clone = resolve(__dirname, "..", "..");

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project of its own in a temporary folder, with its own sandbox; the Python of the clone is shared. */
export interface SandboxProject {
  readonly folder: string;
  /** Runs the built `slipway` in the project's folder. */
  slipway(...args: readonly string[]): Promise<CliResult>;
  /** Runs it with `--json` and gives its `data`. */
  json(...args: readonly string[]): Promise<Readonly<Record<string, unknown>>>;
  /** Ends the sandbox and removes the folder. */
  remove(): Promise<void>;
}

/** Makes a project like the clone itself, whose stack files may be changed. */
export function sandboxProject(edit: (stackFile: string) => string = (text) => text): SandboxProject {
  const folder = mkdtempSync(join(tmpdir(), "slipway-"));
  for (const file of ["Pulumi.yaml", "package.json", "tsconfig.json"]) cpSync(join(clone, file), join(folder, file));
  for (const name of ["infra", "node_modules"]) symlinkSync(join(clone, name), join(folder, name));
  for (const stack of ["staging", "production"]) {
    writeFileSync(
      join(folder, `Pulumi.${stack}.yaml`),
      edit(readFileSync(join(clone, `Pulumi.${stack}.yaml`), "utf8")),
    );
  }
  const slipway = async (...args: readonly string[]): Promise<CliResult> =>
    run(process.execPath, [slipwayPath, ...args], folder);
  return {
    folder,
    slipway,
    async json(...args) {
      const { stdout, stderr } = await slipway(...args, "--json");
      if (stdout === "") throw new Error(`slipway ${args.join(" ")} gave no JSON: ${stderr}`);
      const { data } = JSON.parse(stdout) as { data?: Record<string, unknown> };
      if (data === undefined) throw new Error(`slipway ${args.join(" ")} failed: ${stdout}`);
      return data;
    },
    async remove() {
      await slipway("sandbox", "stop");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a program to its end; a failure is a value. */
export async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<CliResult> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
    child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
    child.on("error", failed);
    child.on("close", (code) => done({ code, stdout, stderr }));
  });
}
