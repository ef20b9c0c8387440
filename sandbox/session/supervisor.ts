import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { liveCloud } from "../cloud/cloud";
import { startEmulator } from "../emulator/emulator";
import { startFront } from "../front/front";
import { sandboxPaths } from "./paths";
import { pluginEnvironment } from "./plugin-environment";
import { readRecord, removeRecord, writeRecord } from "./record";
import { residentPlugins } from "./resident-plugins";

/** What the supervisor is told on its command line, as JSON. */
export interface SupervisorOptions {
  readonly project: string;
  readonly python: string;
  readonly epoch: string;
  /** 0 for any. */
  readonly preferredPort: number;
  /** Of the sandbox's clock: seconds for one second. */
  readonly speed: number;
}

/** How often it looks whether its record is still there: a removed folder or a successor must not leave it behind for good. */
const recordCheckMs = 30_000;

/**
 * Runs front and cloud until it is told to stop, or until the cloud ends. It does not start a new cloud by itself: the
 * Pulumi state of the old one has to be set aside first, and the user told, which is the next command's work.
 */
export async function supervise(options: SupervisorOptions): Promise<void> {
  const paths = sandboxPaths(options.project);
  const emulator = await startEmulator(options.python, join(paths.package, "sandbox", "emulator", "server.py"));
  const startedAt = new Date();
  const { epoch, speed } = options;
  const plugins = residentPlugins(join(paths.package, "dist", "sandbox", "plugin"));
  const cloud = await liveCloud({ address: emulator.address, epoch, speed, log });

  let isEnding = false;
  /** A record that stays behind tells the next command that this was a crash. */
  const end = async (reason: string, isCrash: boolean): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    log(`ending: ${reason}`);
    const isOwn = (await readRecord(paths.record))?.epoch === options.epoch;
    if (isOwn && !isCrash) await removeRecord(paths.record);
    emulator.process.kill("SIGKILL");
    plugins.close();
    await Promise.all([front.close(), cloud.close()]);
    process.exit(isCrash ? 1 : 0);
  };

  const front = await startFront(
    {
      ...cloud,
      endpoints: {
        ...cloud.endpoints,
        "POST plugins": { kind: "answer", answer: (env) => plugins.ports(pluginEnvironment.parse(env)) },
      },
      epoch,
      cloud: emulator.address,
      status: () => ({
        ...cloud.status(),
        pid: process.pid,
        cloudPid: emulator.process.pid,
        cloudPort: emulator.address.port,
        startedAt: startedAt.toISOString(),
      }),
      stop: () => void end("asked to", false),
    },
    options.preferredPort,
  );
  emulator.process.once("exit", (code, signal) => void end(`moto ended (${signal ?? `exit code ${code}`})`, true));
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => void end(signal, false));
  setInterval(() => {
    void readRecord(paths.record).then((record) => {
      if (record?.epoch !== options.epoch) void end("its record is gone or names another cloud", false);
    });
  }, recordCheckMs);

  await writeFile(paths.port, String(front.port));
  await writeRecord(paths.record, {
    pid: process.pid,
    port: front.port,
    epoch: options.epoch,
    startedAt: startedAt.toISOString(),
  });
  plugins.warm();
  log(`epoch ${options.epoch}: front on ${front.port}, moto on ${emulator.address.port}`);
}

const log = (line: string): void => void process.stderr.write(`${new Date().toISOString()} ${line}\n`);
