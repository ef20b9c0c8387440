import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { residentFlag } from "../plugin/resident-flag";
import type { PluginEnvironment } from "./plugin-environment";
import { standIns } from "./plugins";

type StandIn = (typeof standIns)[number];

/** Providers that run as long as the sandbox does, so that no engine has to start them, one after the other, in every run. */
export interface ResidentPlugins {
  /** Starts what does not run yet. */
  warm(): void;
  /** On 127.0.0.1, by package, for engines with this environment. */
  ports(env: PluginEnvironment): Promise<Readonly<Record<StandIn, number>>>;
  close(): void;
}

/** @param folder of the built plugins */
export function residentPlugins(folder: string): ResidentPlugins {
  const plugins = new Map<StandIn, Plugin>();
  const plugin = (name: StandIn): Plugin => {
    const running = plugins.get(name);
    if (running?.isRunning() === true) return running;
    const started = startPlugin(join(folder, `main-${name}.js`));
    plugins.set(name, started);
    return started;
  };
  return {
    warm: () => standIns.forEach(plugin),
    async ports(env) {
      const [aws, awsx, random] = await Promise.all([
        plugin("aws").portFor(env),
        plugin("awsx").ownPort(),
        plugin("random").ownPort(),
      ]);
      return { aws, awsx, random };
    },
    close() {
      for (const running of plugins.values()) running.end();
    },
  };
}

interface Plugin {
  isRunning(): boolean;
  /** Of one that serves everybody alike. */
  ownPort(): Promise<number>;
  /** Of one that is asked. */
  portFor(env: PluginEnvironment): Promise<number>;
  end(): void;
}

function startPlugin(file: string): Plugin {
  // The components' own server wants the address of an engine first; each engine tells its own when it connects.
  const child = spawn(process.execPath, [file, "127.0.0.1:0", residentFlag], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.on("error", () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let isRunning = true;
  child.once("exit", () => (isRunning = false));
  const nextPort = async (): Promise<number> => {
    const line = await lines.next();
    if (line.done === true) {
      isRunning = false;
      throw new Error(`${file} has ended`);
    }
    return Number(line.value);
  };
  let own: Promise<number> | undefined;
  const asked = new Map<string, Promise<number>>();
  return {
    isRunning: () => isRunning,
    ownPort: () => (own ??= nextPort()),
    portFor(env) {
      const line = JSON.stringify(env);
      const port = asked.get(line) ?? nextPort();
      if (!asked.has(line)) child.stdin.write(`${line}\n`);
      asked.set(line, port);
      return port;
    },
    end: () => void child.kill("SIGKILL"),
  };
}
