import { type FaultKind, kind, taskOptions } from "./kind";

/** TABLE of what keeps a task from starting; the words that it stops with are those of the ECS guide. */
export const startKinds = {
  "execution-role-denied": kind({
    group: "start",
    summary: "The execution role may neither read secrets nor pull images.",
    onAws: "`ResourceInitializationError: unable to pull secrets or registry auth: ... AccessDeniedException: ...`.",
    options: taskOptions,
    fault: { kind: "role-denied" },
  }),
  "secrets-unreachable": kind({
    group: "start",
    summary: "There is no way to Secrets Manager.",
    onAws: "No NAT, VPC endpoint or rule for 443: `ResourceInitializationError: ... i/o timeout`.",
    options: taskOptions,
    fault: { kind: "secrets-unreachable" },
  }),
  "registry-unreachable": kind({
    group: "start",
    summary: "There is no way to the registry.",
    onAws: "No NAT, VPC endpoint or rule for 443: `CannotPullContainerError: ... i/o timeout`.",
    options: taskOptions,
    fault: { kind: "registry-unreachable" },
  }),
  "registry-denied": kind({
    group: "start",
    summary: "The registry is another account's, and does not let this one in.",
    onAws: "No repository policy for this account: `CannotPullContainerError: ... 403 Forbidden`.",
    options: taskOptions,
    fault: { kind: "registry-denied" },
  }),
  "image-missing": kind({
    group: "start",
    summary: "The registry does not have the image (`delete-image` really deletes it).",
    onAws:
      "A tag that was never pushed, or that a lifecycle policy expired: `CannotPullContainerError: ... not found`.",
    options: taskOptions,
    fault: { kind: "image-missing" },
  }),
  "no-capacity": kind({
    group: "start",
    summary: "Fargate has no room for a task.",
    onAws: "`Capacity is unavailable at this time. Please try again later or in a different availability zone.`",
    options: taskOptions,
    fault: { kind: "no-capacity" },
  }),
} as const satisfies Record<string, FaultKind>;
