import { program } from "./program";

/** Entry of a plain `pulumi up`. The engine calls a program only when the module itself is a function. */
export = (): Promise<Record<string, unknown>> => program({ startedAt: timestamp(new Date()) });

/** `YYYYMMDD-HHMMSS` in UTC. */
function timestamp(time: Date): string {
  const [date = "", clock = ""] = time.toISOString().split(/[T.]/);
  return `${date.replaceAll("-", "")}-${clock.replaceAll(":", "")}`;
}
