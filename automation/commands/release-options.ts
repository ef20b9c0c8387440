import type { Options } from "./command";

/** How a release goes, for this run only; what is not given comes from the configuration. */
export const releaseOptions = {
  strategy: { choices: ["rolling", "blue-green", "canary", "linear"], describe: "Another strategy than configured" },
  steps: { type: "string", describe: "Shares of the traffic in percent, each with its watch: `10:10m,50:5m,100:5m`" },
  bake: { type: "string", describe: "How long every step is watched: `5m`" },
  "canary-percent": { type: "number", describe: "First share of a canary, in percent" },
  "health-interval": { type: "number", describe: "How long every step is watched, in seconds" },
  rollback: { choices: ["auto", "ask", "never"], describe: "What a failure does" },
  "ignore-alarm": { type: "string", array: true, describe: "An alarm that is not judged; needs --reason" },
  reason: { type: "string", describe: "Why, for the record" },
} as const satisfies Options;
