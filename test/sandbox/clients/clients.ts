import { join, resolve } from "node:path";
import { ensurePythonEnvironment } from "../../../sandbox/emulator/python-environment";
import { runProcess, type RunResult } from "../../../sandbox/run-process";
import { sayOnStderr } from "../../../sandbox/say";

const clone = resolve(__dirname, "..", "..", "..");

/** Programs that others have written and that know nothing of a sandbox but an address. */
export interface Clients {
  /** The AWS CLI, with the answer parsed; undefined where it says nothing. @throws when it fails */
  readonly aws: <T = undefined>(...args: readonly string[]) => Promise<T>;
  /** ecs-deploy, however it ends. */
  readonly ecsDeploy: (...args: readonly string[]) => Promise<RunResult>;
}

/** Installs the clients once, beside the emulator's Python. */
export async function clientsOf(endpoint: string, account: string, region: string): Promise<Clients> {
  const python = await ensurePythonEnvironment({
    venv: join(clone, ".slipway", "sandbox", "clients-venv"),
    requirementsFile: join(__dirname, "requirements.txt"),
    say: sayOnStderr,
    what: "the AWS CLI and ecs-deploy",
  });
  // Nothing of whoever runs the tests: neither profiles nor keys.
  const env = {
    PATH: process.env["PATH"],
    HOME: "/nonexistent",
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: `SANDBOX${account}`,
    AWS_SECRET_ACCESS_KEY: "nobody checks it",
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
    PYTHONWARNINGS: "ignore",
    LC_ALL: "C.UTF-8",
  };
  return {
    async aws<T>(...args: readonly string[]) {
      // By their modules: their scripts name the folder that they were installed in.
      const { code, stdout, stderr } = await runProcess(python, ["-m", "awscli", ...args, "--output", "json"], { env });
      if (code !== 0) throw new Error(`aws ${args.join(" ")} ended with ${code}: ${stderr.trim()}`);
      return (stdout.trim() === "" ? undefined : JSON.parse(stdout)) as T;
    },
    ecsDeploy: async (...args) =>
      runProcess(python, ["-c", "from ecs_deploy.cli import ecs; ecs(prog_name='ecs')", ...args], { env }),
  };
}
