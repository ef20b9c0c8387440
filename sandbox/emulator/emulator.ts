import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { CloudAddress } from "../front/call";

export interface RunningEmulator {
  readonly address: CloudAddress;
  readonly process: ChildProcess;
}

/** Loading moto takes 0.4 s on two cores, and many times that when everything else starts at the same moment. */
const readySeconds = 60;

/** Starts moto and waits until it listens. It ends by itself when this process ends, however that happens. */
export async function startEmulator(python: string, serverFile: string): Promise<RunningEmulator> {
  // -B: no compiled copies beside the sources, which may be read-only.
  const child = spawn(python, ["-B", serverFile], { stdio: ["pipe", "pipe", "inherit"] });
  const firstLine = new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`moto did not listen within ${readySeconds} s`)),
      readySeconds * 1000,
    );
    timer.unref();
    child.once("error", reject);
    child.once("exit", (code, signal) => reject(new Error(`moto ended at once (${signal ?? `exit code ${code}`})`)));
    createInterface({ input: child.stdout }).once("line", resolve);
  });
  const { port } = JSON.parse(await firstLine) as { port: number };
  return { address: { host: "127.0.0.1", port }, process: child };
}
