import { basename } from "node:path";
import { systemClock } from "./adapters/system-clock";
import { TerminalOutput } from "./adapters/terminal-output";
import type { Context } from "./context";
import type { Wiring } from "./main";
import type { Engine } from "./ports/engine";
import type { Interrupts } from "./ports/interrupts";
import type { Output } from "./ports/output";

/** The process' environment; read when a command begins, since it may be changed until then. */
export type Env = Readonly<Record<string, string | undefined>>;

/** The driver on this machine: its terminal, its files, its engine and AWS. */
export function wiring(env: Env, folder = process.cwd()): Wiring {
  return {
    output: (values) => {
      const { stdin, stdout, stderr } = process;
      const ci = env["CI"] !== undefined && env["CI"] !== "" && env["CI"] !== "false";
      return new TerminalOutput({ json: values["json"] === true, ci, clock: systemClock, stdin, stdout, stderr, env });
    },
    context: (stack, _values, output) => openContext({ stack, env, folder, output }),
  };
}

export interface OpenContextOptions {
  readonly stack: string;
  readonly env: Env;
  /** The project's folder, or one below it. */
  readonly folder: string;
  readonly output: Output;
}

/**
 * Reads and checks a stack's files, and gives the ports for it. Nothing is called before the files are valid.
 *
 * @throws SlipwayError `project-missing`, `stack-unknown`, `config-unreadable` or `config-invalid` (exit 2)
 */
export async function openContext({ stack, env, folder, output }: OpenContextOptions): Promise<Context> {
  // Everything is loaded where it is first needed: help and wrong words must not wait for it.
  const [
    { stackFiles },
    { parseYaml },
    { readStackFile },
    { projectFolder },
    { chosenProfile, stsIdentity },
    { openRecords },
    { openCloud },
    { listenForInterrupts },
    { lazyEngine },
  ] = await Promise.all([
    import("./adapters/stack-files"),
    import("./adapters/parse-yaml"),
    import("./stack/stack-file"),
    import("./adapters/project-folder"),
    import("./adapters/sts-identity"),
    import("./open-records"),
    import("./open-cloud"),
    import("./adapters/interrupts"),
    import("./adapters/lazy-engine"),
  ]);
  const home = projectFolder(folder);
  const files = stackFiles(home);
  const project = await files.project();
  const file = await files.read(stack);
  const { region, config } = readStackFile(basename(file.path), parseYaml(file));
  const account = config.account.profile === undefined ? {} : { profile: config.account.profile };
  const profile = chosenProfile({ env, ...account });
  const projectBackend = await files.backend();
  const records = await openRecords({
    stack,
    project,
    env,
    folder: home,
    region,
    profile,
    configured: config.records.store,
    projectBackend,
    clock: systemClock,
  });
  const engineEnv = profile === undefined ? env : { ...env, AWS_PROFILE: profile };
  let listening: Interrupts | undefined;
  const interrupts = (): Interrupts =>
    (listening ??= listenForInterrupts({
      signals: process,
      say: output.say.bind(output),
      ask: output.interactive ? output.ask.bind(output) : undefined,
    }));
  return {
    stack,
    project,
    region,
    config,
    engine: lazyEngine(() =>
      loadEngine({ stack, project, projectBackend, folder: home, env: engineEnv, output, interrupts }),
    ),
    identity: stsIdentity({ region, env, ...account }),
    output,
    clock: systemClock,
    ...records,
    ...openCloud({ region, profile, env }),
    openPeer: (peer) => openContext({ stack: peer, env, folder: home, output }),
    interrupts,
    skipDiffGate: env["SKIP_DIFF_GATE"] === "true",
  };
}

async function loadEngine({
  stack,
  project,
  projectBackend,
  folder,
  env,
  output,
  interrupts,
}: OpenContextOptions & {
  readonly project: string;
  readonly projectBackend: string | undefined;
  readonly interrupts: () => Interrupts;
}): Promise<Engine> {
  const [{ pulumiEngine }, { resolveEngine }, { backendUrl, stateFolder }, { roomAt }] = await Promise.all([
    import("./adapters/pulumi-engine"),
    import("./adapters/engine-resolver"),
    import("./adapters/records-place"),
    import("./adapters/state-room"),
  ]);
  return pulumiEngine({
    stack,
    project,
    folder,
    env,
    clock: systemClock,
    interrupts: interrupts(),
    stateRoom: async () => {
      const state = stateFolder(await backendUrl(env, projectBackend), folder);
      return state === undefined ? undefined : roomAt(state);
    },
    resolve: () => resolveEngine({ env, say: output.say.bind(output) }),
    prepare: () => import("../infra/program"),
    program: async (inputs) => (await import("../infra/program")).program(inputs),
  });
}
