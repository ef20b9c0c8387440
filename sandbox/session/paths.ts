import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { exitCodes, SlipwayError } from "../../automation/model/errors";
import { packageFolder } from "../package-folder";

/** Where the parts of one project's sandbox are. Everything is in one ignored folder, so two clones share nothing. */
export interface SandboxPaths {
  /** Folder of Pulumi.yaml. */
  readonly project: string;
  /** Folder of Slipway's package.json; the same as `project` in a clone of Slipway. */
  readonly package: string;
  readonly root: string;
  /** Who runs, on which port, which cloud. */
  readonly record: string;
  /** The port of the front, kept over restarts so that exports in open shells stay right. */
  readonly port: string;
  readonly log: string;
  readonly lock: string;
  /** Held while a stack is made ready. */
  readonly stackLock: string;
  /** PULUMI_HOME. */
  readonly pulumiHome: string;
  /** State files of the file backend. */
  readonly backend: string;
  /** The engine's own copies of the stack files. */
  readonly config: string;
  /** First on PATH: the engine. */
  readonly bin: string;
  /** State whose cloud is gone. */
  readonly lost: string;
  /** Python of the emulator; with the package, so that several projects of one clone install it once. */
  readonly venv: string;
}

export function sandboxPaths(project: string, ownPackage: string = packageFolder()): SandboxPaths {
  const root = join(project, ".slipway", "sandbox");
  return {
    project,
    package: ownPackage,
    root,
    record: join(root, "session.json"),
    port: join(root, "port"),
    log: join(root, "sandbox.log"),
    lock: join(root, ".lock"),
    stackLock: join(root, ".stack-lock"),
    pulumiHome: join(root, "pulumi"),
    backend: join(root, "backend"),
    config: join(root, "config"),
    bin: join(root, "bin"),
    lost: join(root, "lost"),
    venv: join(ownPackage, ".slipway", "sandbox", "venv"),
  };
}

/** The nearest folder with a Pulumi.yaml, looking upwards as the engine does. */
export function findProject(from: string): string {
  if (existsSync(join(from, "Pulumi.yaml"))) return from;
  const parent = dirname(from);
  if (parent !== from) return findProject(parent);
  throw new SlipwayError({
    code: "project-missing",
    exitCode: exitCodes.usage,
    message: "There is no Pulumi.yaml here or in a folder above, so there is no project whose sandbox could be meant.",
    remedy: "Run slipway in the folder that holds Pulumi.yaml and the stack files.",
  });
}
