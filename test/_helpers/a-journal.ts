import type { Journal, JournalEntry, JournalFact } from "../../automation/model/release/journal";
import type { ServicePlan } from "../../automation/model/release/plan";
import type { RollbackPoint } from "../../automation/model/release/rollback-point";

/** A canary of `web` from v1 in blue to v2 in green. */
export const aPlan = (changes: Partial<ServicePlan> = {}): ServicePlan => ({
  service: "web",
  cluster: "shop",
  strategy: "canary",
  controller: "slipway",
  mode: "slots",
  from: { slot: "blue", images: { web: "registry/web@sha256:1" }, version: "v1" },
  to: { slot: "green", images: { web: "registry/web@sha256:2" }, version: "v2" },
  slots: {
    blue: { serviceName: "web-blue", targetGroups: ["arn:blue"] },
    green: { serviceName: "web-green", targetGroups: ["arn:green"] },
  },
  routes: [{ kind: "rule", arn: "arn:rule", groups: { blue: "arn:blue", green: "arn:green" } }],
  steps: [
    { percent: 10, bakeSeconds: 60 },
    { percent: 100, bakeSeconds: 60 },
  ],
  alarms: ["web-5xx"],
  ignoredAlarms: [],
  idleChecks: [],
  liveChecks: [{ name: "health", url: "https://shop/health", headers: {}, status: 200, json: { version: "v2" } }],
  compare: null,
  loadBalancer: null,
  rollback: "auto",
  count: 2,
  provisionSeconds: 600,
  warmSeconds: 300,
  watchHours: 0,
  restart: false,
  ...changes,
});

/** Each entry with the seconds after the begin at which it was written. */
export type TimedFact = readonly [seconds: number, fact: JournalFact];

/** A release that began at `startedAt`; both clocks agree. */
export function aJournal({
  facts = [[0, { kind: "started" }]],
  plan = aPlan(),
  startedAt = "2026-01-01T00:00:00.000Z",
  release = `r-${startedAt.slice(0, 10).replaceAll("-", "")}`,
  ...rest
}: Partial<Journal> & { readonly facts?: readonly TimedFact[] } = {}): Journal {
  const at = (seconds: number): string => new Date(Date.parse(startedAt) + seconds * 1_000).toISOString();
  const entries: readonly JournalEntry[] = facts.map(([seconds, fact]) => ({ ...fact, at: at(seconds) }));
  const last = facts.at(-1);
  return {
    schema: 1,
    id: `${release}-${plan.service}`,
    release,
    stack: "staging",
    fence: 3,
    startedAt,
    ...(last?.[1].kind === "closed" ? { finishedAt: at(last[0]) } : {}),
    request: {
      command: "release",
      by: { identity: null, user: "kim", host: "desk" },
      services: [plan.service],
      order: "parallel",
      allOrNothing: false,
    },
    plan,
    entries,
    ...rest,
  };
}

/** A release without any trouble: live after 150 s, over after 210 s. */
export const goodFacts: readonly TimedFact[] = [
  [0, { kind: "started" }],
  [1, { kind: "provisioning" }],
  [5, { kind: "provisioned", deploymentId: "ecs-svc/2", taskDefinition: "arn:td:2" }],
  [6, { kind: "scaled", count: 2 }],
  [30, { kind: "verified", by: "checks" }],
  [30, { kind: "shifting", step: 0, percent: 10 }],
  [31, { kind: "shifted", step: 0, percent: 10 }],
  [91, { kind: "passed", step: 0 }],
  [91, { kind: "shifting", step: 1, percent: 100 }],
  [92, { kind: "shifted", step: 1, percent: 100 }],
  [150, { kind: "passed", step: 1 }],
  [151, { kind: "ready" }],
  [151, { kind: "committing" }],
  [155, { kind: "committed" }],
  [209, { kind: "retired" }],
  [210, { kind: "closed", outcome: "done" }],
];

/** One whose alarm fires 20 s after 10 percent, and that is back 2 s later. */
export const badFacts: readonly TimedFact[] = [
  ...goodFacts.slice(0, 7),
  [51, { kind: "turned-back", cause: { kind: "alarm", text: "web-5xx fires" } }],
  [53, { kind: "weights-restored" }],
  [60, { kind: "retired" }],
  [61, { kind: "closed", outcome: "rolled-back" }],
];

export const aPoint = (id: string, changes: Partial<RollbackPoint> = {}): RollbackPoint => ({
  schema: 1,
  id,
  at: "2026-01-01T00:00:00.000Z",
  environment: "staging",
  stack: "staging",
  release: `release-of-${id}`,
  released: ["web"],
  services: {
    web: {
      version: "v1",
      images: { web: "registry/web@sha256:1" },
      taskDefinition: "arn:td:1",
      desired: 2,
      slot: "blue",
    },
  },
  ...changes,
});
