import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

/** The built executable. */
export const slipwayPath = resolve(__dirname, "..", "..", "dist", "sandbox", "cli.js");

/** A `slipway` that runs: its words can be waited for, and it can be stopped. */
export interface Started {
  readonly pid: number;
  /** When what it has said so far, on stdout and stderr, is as wanted. @throws when it ends before */
  says(what: RegExp | ((said: string) => boolean)): Promise<void>;
  interrupt(): void;
  kill(): void;
  readonly end: Promise<{ readonly code: number | null; readonly said: string }>;
}

export function start({ folder }: { readonly folder: string }, ...args: readonly string[]): Started {
  const child = spawn(process.execPath, [slipwayPath, ...args], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const streams = [child.stdout, child.stderr];
  for (const stream of streams) stream.on("data", (text: Buffer) => (said += text.toString()));
  return {
    pid: child.pid ?? 0,
    says: (what) =>
      new Promise((done, failed) => {
        const isSo = typeof what === "function" ? what : (text: string): boolean => what.test(text);
        const look = (): void => void (isSo(said) && done());
        for (const stream of streams) stream.on("data", look);
        child.once("close", () => failed(new Error(`It ended without saying ${String(what)}: ${said}`)));
        look();
      }),
    interrupt: () => void child.kill("SIGINT"),
    kill: () => void child.kill("SIGKILL"),
    end: once(child, "close").then(([code]) => ({ code: code as number | null, said })),
  };
}
