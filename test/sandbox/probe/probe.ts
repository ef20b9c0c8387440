import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { resolveEngine, type ResolvedEngine } from "../../../automation/adapters/engine-resolver";
import { pulumiEngine } from "../../../automation/adapters/pulumi-engine";
import { systemClock } from "../../../automation/adapters/system-clock";
import { SlipwayError } from "../../../automation/model/errors";
import type { Engine } from "../../../automation/ports/engine";
import type { Interrupts } from "../../../automation/ports/interrupts";
import { probeProgram, type ProbeWishes } from "./program";
import { until } from "./until";

const root = resolve(__dirname, "..", "..", "..");

/** A project with a state, a provider and a stack `dev` of its own, all in a temporary folder. */
export interface Probe {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  engine(
    wishes?: ProbeWishes,
    more?: {
      readonly interrupts?: Pick<Interrupts, "stop" | "terminate">;
      readonly env?: Readonly<Record<string, string | undefined>>;
      readonly stack?: string;
    },
  ): Engine;
  /** Lets go on what waits for this file. */
  release(name: string): void;
  calls(): readonly string[];
  /** When the provider has been given this call. */
  called(call: string): Promise<void>;
  things(): readonly string[];
  thing(name: string, inputs: Readonly<Record<string, unknown>>): void;
  /** All files of the project as they are. */
  files(): Readonly<Record<string, string>>;
  /** The process that holds the lock. */
  enginePid(): number;
  /** Text of all files of the state. */
  stateText(): string;
  remove(): void;
}

/** The engine of this machine, or undefined when there is none to be had. */
export async function engineHere(): Promise<ResolvedEngine | undefined> {
  try {
    return await resolveEngine({ env: process.env, say: () => undefined });
  } catch (error) {
    if (error instanceof SlipwayError && error.code === "engine-missing") return undefined;
    throw error;
  }
}

export function makeProbe(resolved: ResolvedEngine): Probe {
  const base = mkdtempSync(join(tmpdir(), "slipway-probe-"));
  const [folder, things, home, state] = ["project", "things", "home", "state"].map((name) => join(base, name)) as [
    string,
    string,
    string,
    string,
  ];
  const plugin = join(home, "plugins", "resource-probe-v1.0.0", "pulumi-resource-probe");
  for (const made of [join(folder, "infra"), things, dirname(plugin), state]) mkdirSync(made, { recursive: true });
  const source = join(root, "test", "sandbox", "probe", "plugin.ts");
  writeFileSync(
    plugin,
    `#!/bin/sh\nTS_NODE_PROJECT=${root}/tsconfig.json exec ${process.execPath} -r ${root}/node_modules/ts-node/register/transpile-only ${source} "$@"\n`,
  );
  chmodSync(plugin, 0o755);
  writeFileSync(join(folder, "Pulumi.yaml"), "# checked in\nname: probe\nmain: infra/main.ts\nruntime: nodejs\n");
  writeFileSync(join(folder, "Pulumi.dev.yaml"), "# checked in too\nconfig:\n  probe:colour: red\n");
  writeFileSync(join(folder, "infra", "main.ts"), "");
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: base,
    PROBE_DIR: things,
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "open sesame",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  execFileSync(resolved.path, ["stack", "init", "dev", "--non-interactive"], { cwd: folder, env, stdio: "pipe" });
  const calls = (): readonly string[] =>
    existsSync(join(things, "calls.log")) ? readFileSync(join(things, "calls.log"), "utf8").trim().split("\n") : [];
  return {
    folder,
    env,
    calls,
    called: (call) => until(things, () => calls().includes(call)),
    engine: (wishes = {}, more = {}) =>
      pulumiEngine({
        stack: more.stack ?? "dev",
        project: "probe",
        folder,
        env: { ...env, ...more.env },
        clock: systemClock,
        resolve: async () => resolved,
        program: probeProgram(wishes),
        ...(more.interrupts === undefined ? {} : { interrupts: more.interrupts }),
      }),
    release: (name) => writeFileSync(join(things, name), ""),
    things: () =>
      readdirSync(things)
        .filter((name) => name.endsWith(".thing"))
        .sort(),
    thing: (name, inputs) => writeFileSync(join(things, `${name}.thing`), JSON.stringify(inputs)),
    files: () => textsBelow(folder),
    enginePid: () =>
      Number(
        Object.values(textsBelow(join(state, ".pulumi", "locks"))).flatMap(
          (text) => /"pid":(\d+)/.exec(text)?.[1] ?? [],
        )[0],
      ),
    stateText: () => Object.values(textsBelow(state)).join("\n"),
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}

const textsBelow = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), "utf8")]),
  );
