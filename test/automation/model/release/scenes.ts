import type { Journal, JournalEntry, JournalFact } from "../../../../automation/model/release/journal";
import type { DeploymentView, Observed, SlotView, TargetView } from "../../../../automation/model/release/observed";
import type { ServicePlan, Weights } from "../../../../automation/model/release/plan";

export type Seen = Extract<Observed, { kind: "seen" }>;

/** The moment of every entry, unless a test says otherwise. */
export const t0 = Date.parse("2026-11-21T10:00:00.000Z");
export const at = (seconds: number): Date => new Date(t0 + seconds * 1000);

export const journalOf = (plan: ServicePlan, facts: readonly (JournalFact | JournalEntry)[]): Journal => ({
  schema: 1,
  id: "r1-web",
  release: "r1",
  stack: "staging",
  fence: 1,
  startedAt: at(0).toISOString(),
  request: {
    command: "release",
    by: { identity: null, user: "ann", host: "desk" },
    services: ["web"],
    order: "parallel",
    allOrNothing: false,
  },
  plan,
  entries: facts.map((fact) => ({ at: at(0).toISOString(), ...fact })),
});

export const deployment = (changes: Partial<DeploymentView> = {}): DeploymentView => ({
  id: "ecs-svc/2",
  status: "PRIMARY",
  rolloutState: "COMPLETED",
  rolloutStateReason: "",
  taskDefinition: "web:2",
  desired: 2,
  running: 2,
  pending: 0,
  failedTasks: 0,
  createdAt: at(0).toISOString(),
  ...changes,
});

const target = (state: TargetView["state"], index: number): TargetView => ({
  id: String(index),
  state,
  reason: state === "unhealthy" ? "Target.Timeout" : "",
});

/** A slot with these targets in its one group; as many tasks as its deployment has. */
export function slotView(
  deployments: readonly DeploymentView[],
  targets: readonly TargetView["state"][] = ["healthy", "healthy"],
): SlotView {
  const { desired = 0, running = 0, pending = 0 } = deployments[0] ?? {};
  const service = {
    serviceName: "web",
    status: "ACTIVE",
    taskDefinition: "web:2",
    desired,
    running,
    pending,
    deployments,
    events: [],
  } as const;
  return { service, targets: [targets.map(target)] };
}

/** The old side as it always is. */
export const oldSide = slotView([deployment({ id: "ecs-svc/1", taskDefinition: "web:1" })]);
export const newSide = slotView([deployment()]);
export const goneSide = slotView([deployment({ id: "ecs-svc/1", desired: 0, running: 0 })], []);

export const weights = (green: number): Weights => ({ blue: 100 - green, green });

/** Both sides healthy, and so much of the traffic on the new one. */
export const seen = (plan: ServicePlan, green: number, changes: Partial<Seen> = {}): Seen => ({
  kind: "seen",
  peers: "none",
  slots: { blue: oldSide, green: newSide },
  routes: plan.routes.map(({ arn }) => ({ arn, weights: weights(green) })),
  alarms: plan.alarms.map((name) => ({ name, state: "OK", reason: "" })),
  ...changes,
});

export const blind = (sinceSeconds: number): Observed => ({
  kind: "blind",
  since: at(sinceSeconds).toISOString(),
  error: "no route to AWS",
  peers: "none",
});

/** A new slot that is healthy and has no traffic yet. */
export const up: readonly JournalFact[] = [
  { kind: "started" },
  { kind: "provisioned", deploymentId: "ecs-svc/2", taskDefinition: "web:2" },
  { kind: "scaled", count: 2 },
  { kind: "verified", by: "targets" },
];
/** A step that was announced and given. */
export const shifted = (step: number, percent: number): readonly JournalFact[] => [
  { kind: "shifting", step, percent },
  { kind: "shifted", step, percent },
];
/** What is written down when each phase of a canary release begins. */
export const upTo = {
  shift: up,
  announced: [...up, { kind: "shifting", step: 0, percent: 10 }],
  bake: [...up, ...shifted(0, 10)],
  next: [...up, ...shifted(0, 10), { kind: "passed", step: 0 }],
  last: [...up, ...shifted(0, 10), { kind: "passed", step: 0 }, ...shifted(1, 100)],
  prove: [...up, ...shifted(1, 100), { kind: "passed", step: 1 }],
  commit: [...up, ...shifted(1, 100), { kind: "passed", step: 1 }, { kind: "ready" }],
  warm: [
    ...up,
    ...shifted(1, 100),
    { kind: "passed", step: 1 },
    { kind: "ready" },
    { kind: "committing" },
    { kind: "committed" },
  ],
} as const satisfies Record<string, readonly JournalFact[]>;
