// Which tests with the real engine run beside each other: two rows that take about the same time, as each waits most of
// it for an engine or for a sandbox, and then those that measure, which want the machine for themselves.
import { readdirSync } from "node:fs";
import { join } from "node:path";

const lanes = {
  measured: [/^releases\/(under-load|way-back)\./],
  commands: [/^(releases|misuse)\//],
  // Whatever is in no other.
  rest: [/./],
};

/** The test files of a folder, by lane; each in the first that knows it. */
export function lanesOf(folder) {
  const files = readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(".test.ts"))
    .sort();
  const laneOf = (file) => Object.keys(lanes).find((lane) => lanes[lane].some((known) => known.test(file)));
  return Object.fromEntries(
    Object.keys(lanes).map((lane) => [
      lane,
      files.filter((file) => laneOf(file) === lane).map((file) => join(folder, file)),
    ]),
  );
}
