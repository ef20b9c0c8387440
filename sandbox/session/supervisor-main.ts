import { supervise, type SupervisorOptions } from "./supervisor";

/** Process entry of the background process; `start.ts` starts it. */
supervise(JSON.parse(process.argv[2] ?? "{}") as SupervisorOptions).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
