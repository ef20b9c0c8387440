import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";

const folder = join(__dirname, "..", "automation", "adapters", "engine-events");

/** Events of a real run, recorded with engine 3.259.0 on the little environment of test/sandbox/probe. */
export const recordedEvents = (run: string): readonly EngineEvent[] =>
  readFileSync(join(folder, `${run}.jsonl`), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as EngineEvent);
