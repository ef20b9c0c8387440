import { z } from "zod";
import { type FaultKind, kind, taskOptions } from "./kind";

/** TABLE of what the load balancer cannot reach. */
export const targetKinds = {
  "lost-target": kind<string>({
    group: "target",
    summary: "One target cannot be reached: `<ip>`, `<ip>:<port>` or the id of a task.",
    onAws: "A network interface that is gone: `Request timed out`, Target.Timeout.",
    value: {
      name: "target",
      schema: z
        .string()
        .regex(/^(\d+\.\d+\.\d+\.\d+(:\d+)?|[0-9a-f-]{4,36})$/, "must be `<ip>`, `<ip>:<port>` or the id of a task"),
    },
    options: ["for"],
  }),
  "ports-unreachable": kind({
    group: "target",
    summary: "The load balancer does not reach the tasks' ports.",
    onAws: "The service's security group does not let the load balancer's in: all targets unhealthy, Target.Timeout.",
    options: taskOptions,
  }),
} as const satisfies Record<string, FaultKind>;
