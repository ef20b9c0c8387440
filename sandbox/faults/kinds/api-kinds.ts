import { z } from "zod";
import { type FaultKind, type FaultOption, kind } from "./kind";

const apiOptions = ["api", "operation", "percent", "count", "for"] as const satisfies readonly FaultOption[];

/** TABLE of what goes wrong with calls of AWS' APIs, whoever makes them; the sandbox's own calls are not touched. */
export const apiKinds = {
  throttle: kind({
    group: "api",
    summary: "Calls are refused because there are too many.",
    onAws: "`Rate exceeded`, with the code that the service has for it.",
    options: apiOptions,
    fault: () => ({ kind: "throttle" }),
  }),
  "server-error": kind({
    group: "api",
    summary: "Calls fail at the service.",
    onAws: "5xx: `Service Unavailable. Please try again later.` and the like.",
    options: apiOptions,
    fault: () => ({ kind: "server-error" }),
  }),
  "api-latency": kind<number>({
    group: "api",
    summary: "Calls are answered so many milliseconds late (real ones).",
    onAws: "A slow network, or a service that is busy.",
    value: { name: "milliseconds", schema: z.coerce.number().min(0).max(600_000) },
    options: apiOptions,
    fault: (ms) => ({ kind: "latency", ms }),
  }),
  "connection-reset": kind({
    group: "api",
    summary: "The connection is cut before the answer; the call has not been done.",
    onAws: "ECONNRESET, from a proxy or a NAT gateway that has forgotten the connection.",
    options: apiOptions,
    fault: () => ({ kind: "reset" }),
  }),
} as const satisfies Record<string, FaultKind>;
