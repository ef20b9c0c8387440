import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { ownDatabase } from "../../infra/config/database";
import { exitCodes, SlipwayError } from "../../automation/model/errors";
import { runProcess } from "../run-process";
import { timed, type Say } from "../say";
import { withLock } from "../with-lock";
import { writeIfChanged } from "../write-if-changed";
import { randomPassword } from "./password";
import type { SandboxPaths } from "./paths";
import type { ProjectStack } from "./stack-config";
import { hasConfig, sandboxStackFile } from "./stack-file";

export interface StackSetupOptions {
  readonly paths: SandboxPaths;
  readonly file: ProjectStack;
  /** The sandbox's whole environment for this stack. */
  readonly env: NodeJS.ProcessEnv;
  readonly say: Say;
}

const passwordKey = "slipway:databasePassword";

/**
 * Makes the stack usable in the sandbox's backend: the engine's copy of the stack file follows the checked-in one, the
 * stack exists, and what people would have supplied as secrets is there. Does nothing when all that is so.
 */
export async function setUpStack({ paths, file, env, say }: StackSetupOptions): Promise<void> {
  const copy = join(paths.config, `Pulumi.${file.stack}.yaml`);
  const engine = engineIn(paths, env);
  await withLock(paths.stackLock, async () => {
    await writeIfChanged(join(paths.config, "Pulumi.yaml"), projectFile(file.project));
    await writeIfChanged(copy, sandboxStackFile(file.text, await textOf(copy)), 0o600);
    await mkdir(paths.backend, { recursive: true });
    if (!stackExists(paths.backend, file)) {
      // `stack init` takes no notice of PULUMI_OPTION_CONFIG_FILE: it writes the salt into the file of its working folder, which is the copy.
      await timed(say, `making the stack ${file.stack}`, () =>
        engine(["stack", "init", file.stack, "--non-interactive"]),
      );
    }
    const isSupplied = ownDatabase(file.config.database)?.password.source === "supplied";
    if (isSupplied && !hasConfig((await textOf(copy)) ?? "", passwordKey)) {
      await engine(
        ["config", "set", "--secret", passwordKey, "--stack", file.stack, "--non-interactive"],
        randomPassword(),
      );
    }
  });
}

/** A project file without `main`: the engine looks for that path even where no program is run. */
const projectFile = (name: string): string => stringify({ name, runtime: "nodejs" });

const stackExists = (backend: string, { project, stack }: ProjectStack): boolean =>
  [".json", ".json.gz"].some((extension) =>
    existsSync(join(backend, ".pulumi", "stacks", project, `${stack}${extension}`)),
  );

const textOf = async (file: string): Promise<string | undefined> => readFile(file, "utf8").catch(() => undefined);

function engineIn(paths: SandboxPaths, env: NodeJS.ProcessEnv) {
  return async (args: readonly string[], input?: string): Promise<void> => {
    const { code, stderr } = await runProcess(join(paths.bin, "pulumi"), args, {
      cwd: paths.config,
      env,
      ...(input === undefined ? {} : { input }),
    });
    if (code === 0) return;
    throw new SlipwayError({
      code: "sandbox-stack-failed",
      exitCode: exitCodes.failed,
      message: `\`pulumi ${args.slice(0, 2).join(" ")}\` failed in the sandbox: ${stderr.trim()}`,
      remedy: "`slipway sandbox reset` begins with an empty sandbox.",
    });
  };
}
