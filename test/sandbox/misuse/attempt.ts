import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { sandboxCloud } from "../../_helpers/sandbox-cloud";
import { run, type SandboxProject } from "../../_helpers/sandbox-project";
import { slipwayPath } from "../../_helpers/started";

/** How a command ended that was to be refused. */
export interface Attempt {
  readonly exitCode: number | null;
  /** Code of the error; undefined when there was none. */
  readonly code: string | undefined;
  /** Message and remedy. */
  readonly said: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly resource: string | undefined;
  /** Everything on stdout and stderr. */
  readonly text: string;
}

interface Document {
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly remedy: string;
    readonly resource?: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Runs `slipway ... --json` in a project's folder, with variables over the process' own. */
export async function attempt(
  project: SandboxProject,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Attempt> {
  const { code, stdout, stderr } = await run(process.execPath, [slipwayPath, ...args, "--json"], project.folder, {
    ...process.env,
    ...env,
  });
  const { error, data = {} } = JSON.parse(stdout) as Document;
  return {
    exitCode: code,
    code: error?.code,
    said: error === undefined ? "" : `${error.message}\n${error.remedy}`,
    data: error?.data ?? data,
    resource: error?.resource,
    text: stdout + stderr,
  };
}

/** Exit code and error code: what scripts decide by. */
export const ends = ({ exitCode, code }: Attempt): readonly [number | null, string | undefined] => [exitCode, code];

const stackFile = (project: SandboxProject): string => join(project.folder, "Pulumi.staging.yaml");

/** Where the sandbox keeps the state of staging. */
export const stateFile = (project: SandboxProject): string =>
  join(project.folder, ".slipway/sandbox/backend/.pulumi/stacks/slipway/staging.json");

export const readStackFile = (project: SandboxProject): string => readFileSync(stackFile(project), "utf8");

export const writeStackFile = (project: SandboxProject, text: string): void => writeFileSync(stackFile(project), text);

/** Replaces one place of staging's stack file. A place that is not there would make the test prove nothing. */
export function changeStackFile(project: SandboxProject, from: string | RegExp, to: string): void {
  const text = readStackFile(project);
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`Pulumi.staging.yaml has no ${String(from)}`);
  writeStackFile(project, changed);
}

type Cloud = Awaited<ReturnType<typeof sandboxCloud>>;

/** All that a refused command must leave as it is: the stack file, the state, and what is at AWS. */
export const traces = async (project: SandboxProject, cloud: Cloud): Promise<Readonly<Record<string, unknown>>> => ({
  stackFile: readStackFile(project),
  state: readFileSync(stateFile(project), "utf8"),
  cloud: await cloud.leftovers(),
});

/** What is at AWS and is not in the state. */
export async function orphans(project: SandboxProject, cloud: Cloud): Promise<readonly string[]> {
  const state = readFileSync(stateFile(project), "utf8");
  const found = Object.values(await cloud.leftovers()).flat();
  return found.filter((name) => !state.includes(JSON.stringify(name)));
}
