import { defineCommand } from "../../automation/commands/command";
import { SlipwayError, usageError } from "../../automation/model/errors";
import { here } from "./here";

/** Words in the place of a kind that do not make anything go wrong. */
const words = ["list", "clear", "kinds"] as const;

export const faultCommand = defineCommand({
  name: "sandbox fault",
  summary: "Let something go wrong in the sandbox; `kinds` shows what, `list` what does, `clear` ends it",
  // What it touches is invented, so it is not among the changes that are asked about.
  effect: "read",
  needs: "nothing",
  options: {
    what: {
      type: "string",
      positional: true,
      demandOption: true,
      describe: "A kind of fault (`kinds` shows all), or list, clear, kinds",
    },
    value: {
      type: "string",
      positional: true,
      describe: "What the kind takes: seconds, percent, a task, ...; the id of a fault for `clear`",
    },
    service: { type: "string", describe: "Tasks of this ECS service: a name, a glob, or <cluster>/<service>" },
    tag: { type: "string", describe: "Tasks with this tag of their image, or a glob" },
    task: { type: "string", describe: "The task with this id, or how it begins" },
    api: { type: "string", describe: "Calls of this AWS service: ecs, elbv2, cloudwatch, rds, ..." },
    operation: { type: "string", describe: "Calls of this operation: UpdateService, Describe*, ..." },
    percent: { type: "number", describe: "So many of the calls, by chance" },
    count: { type: "number", describe: "The next so many calls" },
    for: { type: "string", describe: "Ends after this: 30s, 5m, in the sandbox's time" },
    state: { choices: ["OK", "ALARM", "INSUFFICIENT_DATA"], describe: "Of `alarm-forced`; ALARM when left out" },
    weights: { type: "string", describe: "Of `change-weights`: <target group>=90,<target group>=10" },
    key: { type: "string", describe: "Of `drop-secret-key`" },
    to: { type: "string", describe: "Of `drop-secret-key`: the key's new name" },
    account: { type: "string", describe: "Where there are several: 12 digits" },
    region: { type: "string", describe: "Where there are several" },
  },
  async run(_context, values) {
    const { what, value, ...options } = values;
    const { faultRequests } = await import("../faults/fault-client");
    const { runningSandbox } = await import("../session/running");
    const { ask } = await import("../session/control-client");
    const record = await runningSandbox(here());
    const faults = faultRequests(async (method, endpoint, body) =>
      ask(record, method, endpoint, body).catch((error: unknown) => {
        throw error instanceof SlipwayError && error.code === "sandbox-refused" ? refused(error.message) : error;
      }),
    );
    switch (what) {
      case "list":
        return faults.list();
      case "kinds":
        return faults.kinds(value);
      case "clear":
        return faults.clear(value);
      default:
        if (!/^[a-z-]+$/.test(what)) throw usageError(`"${what}" is no kind of fault, and not ${words.join(", ")}.`);
        return faults.add({ kind: what, value, ...named(options) });
    }
  },
});

const optionNames = [
  "service",
  "tag",
  "task",
  "api",
  "operation",
  "percent",
  "count",
  "for",
  "state",
  "weights",
  "key",
  "to",
  "account",
  "region",
] as const;

/** Only what was given; yargs adds words of its own to the values. */
const named = (options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(optionNames.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]));

/** What is refused was asked wrongly, or cannot be done now; a new sandbox would not help. */
const refused = (message: string): SlipwayError =>
  usageError(message, "`slipway sandbox fault kinds` shows what there is, and what it takes.");
