import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";

/** What the engine wants run; the fields of its RunRequest that matter here. */
export interface RunRequest {
  readonly monitor: string;
  readonly engine: string | undefined;
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  /** Folder of Pulumi.yaml. */
  readonly rootDirectory: string;
  readonly programDirectory: string;
  /** File in the program's folder, or `.`. */
  readonly entryPoint: string;
  readonly pwd: string;
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly config: Readonly<Record<string, string>>;
  readonly configSecretKeys: readonly string[];
  readonly args: readonly string[];
  /** `runtime.options` of Pulumi.yaml. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** How a program ended. With `bail` the engine says nothing more, because the program has told its error itself. */
export type RunOutcome =
  { readonly kind: "done" } | { readonly kind: "bail" } | { readonly kind: "failed"; readonly error: string };

/** The exit code by which the SDK says that its user has seen the error (`cmd/run/index.js`). */
const errorWasShown = 32;

/** Command line of Node that runs the program through the SDK's own runner. */
export function runArguments(request: RunRequest, runner: string): readonly string[] {
  const flags: readonly (readonly [string, string | undefined])[] = [
    ["monitor", request.monitor],
    ["engine", request.engine],
    ["organization", request.organization],
    ["project", request.project],
    ["root-directory", request.rootDirectory],
    ["stack", request.stack],
    ["pwd", request.pwd],
    ["parallel", String(request.parallel)],
  ];
  return [
    "--require",
    join(__dirname, "quick-inspect"),
    ...nodeArguments(request.options["nodeargs"]),
    runner,
    ...flags.flatMap(([name, value]) => (value ? [`--${name}`, value] : [])),
    ...(request.dryRun ? ["--dry-run"] : []),
    request.entryPoint || ".",
    ...request.args,
  ];
}

const nodeArguments = (written: unknown): readonly string[] =>
  typeof written === "string" ? written.split(/\s+/).filter(Boolean) : [];

/** Environment by which the SDK's runner gets what does not fit on a command line. */
export function runEnvironment({ config, configSecretKeys, options }: RunRequest): Readonly<Record<string, string>> {
  return {
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(configSecretKeys),
    ...(options["typescript"] === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(typeof options["tsconfig"] === "string" ? { PULUMI_NODEJS_TSCONFIG_PATH: options["tsconfig"] } : {}),
  };
}

/** What the engine is told about a program's end. */
export function outcomeOf(code: number | null, signal: NodeJS.Signals | null): RunOutcome {
  if (code === 0) return { kind: "done" };
  if (code === errorWasShown) return { kind: "bail" };
  return {
    kind: "failed",
    error: signal ? `Program was ended by ${signal}` : `Program exited with non-zero exit code: ${code}`,
  };
}

/** Runs the program to its end. What it prints goes where this process prints: the engine reads it there. */
export async function runProgram(request: RunRequest, onStart: (child: ChildProcess) => void): Promise<RunOutcome> {
  const runner = findRunner(request.programDirectory);
  if (runner === undefined)
    return { kind: "failed", error: "It looks as if the Pulumi SDK is not installed. Have you run `npm install`?" };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, runArguments(request, runner), {
      cwd: request.pwd,
      env: { ...process.env, ...runEnvironment(request) },
      stdio: ["ignore", "inherit", "inherit"],
    });
    onStart(child);
    child.once("error", (error) => resolve({ kind: "failed", error: `Node could not be started: ${error.message}` }));
    child.once("exit", (code, signal) => resolve(outcomeOf(code, signal)));
  });
}

/** The SDK of the program, not that of this host: two copies in one run do not know each other's resources. */
function findRunner(programDirectory: string): string | undefined {
  try {
    return require.resolve("@pulumi/pulumi/cmd/run", { paths: [programDirectory] });
  } catch {
    return undefined;
  }
}
