import type { InferredOptionTypes } from "yargs";
import type { ReleaseWords } from "../release/release";
import { changeOptions, lockOptions, type Options } from "./command";

/** Why, for the record. */
export const reasonOption = {
  reason: { type: "string", describe: "Why, for the record" },
} as const satisfies Options;

/** How a release goes, for this run only; what is not given comes from the configuration. */
export const releaseOptions = {
  strategy: {
    choices: ["rolling", "blue-green", "canary", "linear"],
    describe: "Another strategy than configured",
  },
  steps: { type: "string", describe: "Shares of the traffic in percent, each with its watch: `10:10m,50:5m,100:5m`" },
  bake: { type: "string", describe: "How long every step is watched: `5m`" },
  "canary-percent": { type: "number", describe: "First share of a canary, in percent" },
  "health-interval": { type: "number", describe: "How long every step is watched, in seconds" },
  "on-failure": { choices: ["auto", "ask", "never"], describe: "Whether a failed release goes back" },
  "ignore-alarm": { type: "string", array: true, describe: "An alarm that is not judged; needs --reason" },
  ...reasonOption,
} as const satisfies Options;

/** How several services go together. */
const togetherOptions = {
  order: {
    choices: ["parallel", "sequential"],
    default: "parallel",
    describe: "Several services at once, or one after the other as they are named",
  },
  "all-or-nothing": {
    type: "boolean",
    default: false,
    describe: "Commit no service before all of them may be; one that fails takes all back",
  },
} as const satisfies Options;

/** What the options mean to a release. */
export const releaseWords = (values: InferredOptionTypes<typeof releaseOptions>): ReleaseWords => ({
  strategy: values.strategy,
  steps: values.steps,
  bake: values.bake,
  canaryPercent: values["canary-percent"],
  healthInterval: values["health-interval"],
  rollback: values["on-failure"],
  ignoreAlarms: values["ignore-alarm"],
  reason: values.reason,
});

/** Options of whatever releases images of several services. */
export const releasingOptions = {
  ...releaseOptions,
  ...togetherOptions,
  ...changeOptions,
  ...lockOptions,
} as const satisfies Options;

/** What those mean. */
export const releasingWords = (values: InferredOptionTypes<typeof releasingOptions>) => ({
  ...releaseWords(values),
  order: values.order,
  allOrNothing: values["all-or-nothing"],
  yes: values.yes,
  dryRun: values["dry-run"],
  waitForLock: values["wait-for-lock"],
});

/** Which open releases are meant. */
export const openReleaseOptions = {
  service: { type: "string", positional: true, describe: "Only this one; every open release otherwise" },
} as const satisfies Options;
