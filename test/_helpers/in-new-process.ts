import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const clone = resolve(__dirname, "..", "..");

export interface NewProcess {
  /** Module of the project that is loaded before anything else, as a path from its root. */
  readonly first: string;
  /** Body of an async function, which may `require`; what it returns is given back as JSON. */
  readonly script: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a script in a process of its own: this one has loaded the SDK long ago, and must not be changed by it. */
export function inNewProcess({ first, script, env = {} }: NewProcess): unknown {
  const whole = `require(${JSON.stringify(resolve(clone, first))});
    (async () => { ${script} })().then((told) => process.stdout.write(JSON.stringify(told)));`;
  const text = execFileSync(process.execPath, ["-r", "ts-node/register/transpile-only", "-e", whole], {
    cwd: clone,
    env: { ...process.env, ...env },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return JSON.parse(text) as unknown;
}
