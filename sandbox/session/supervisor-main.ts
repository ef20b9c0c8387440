import { supervise, type SupervisorOptions } from "./supervisor";

const tell = (error: unknown): void =>
  void process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);

// The cloud is in memory: an error in one corner, which belongs into the log, must not take all of it away.
process.on("uncaughtException", tell);
process.on("unhandledRejection", tell);

/** Process entry of the background process; `start.ts` starts it. */
supervise(JSON.parse(process.argv[2] ?? "{}") as SupervisorOptions).catch((error: unknown) => {
  tell(error);
  process.exit(1);
});
