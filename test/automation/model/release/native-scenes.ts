import { decideNative } from "../../../../automation/model/release/decide-native";
import type { JournalFact } from "../../../../automation/model/release/journal";
import type { NativeDeployment, NativeObserved } from "../../../../automation/model/release/native";
import type { ServicePlan } from "../../../../automation/model/release/plan";
import { aServicePlan } from "../../../_helpers/a-service-plan";
import { aJournal } from "../../../_helpers/a-journal";

const begun = Date.parse("2026-11-21T10:00:00.000Z");
const slots = { blue: { serviceName: "web", targetGroups: ["blue", "green"] } };
const native: Partial<ServicePlan> = {
  mode: "ecs",
  controller: "ecs",
  from: { slot: "blue", images: { web: "web:v1" }, version: "v1" },
  to: { slot: "blue", images: { web: "web:v2" }, version: "v2" },
  slots,
  routes: [],
};
export const check = { name: "health", url: "http://lb/health", headers: {}, status: 200, json: {} };

/** The deployment that a release follows. */
export const deployment = (different: Partial<NativeDeployment> = {}): NativeDeployment => ({
  arn: "sd-1",
  status: "IN_PROGRESS",
  statusReason: "",
  stage: "SCALE_UP",
  target: { arn: "rev-2", wanted: 2, running: 1, production: 0 },
  sources: [{ arn: "rev-1", wanted: 2, running: 2, production: 100 }],
  hooks: [],
  rollbackReason: null,
  triggeredAlarms: [],
  failures: 0,
  ...different,
});
export const serving = (production: number, different: Partial<NativeDeployment> = {}): NativeDeployment =>
  deployment({
    stage: "PRODUCTION_TRAFFIC_SHIFT",
    target: { arn: "rev-2", wanted: 2, running: 2, production },
    ...different,
  });
export const pause = {
  id: "ecs-pause-1",
  kind: "PAUSE",
  status: "AWAITING_ACTION",
  expiresAt: "2026-11-22T10:00:00.000Z",
  otherwise: "ROLLBACK",
} as const;

export const provisioned: readonly JournalFact[] = [
  { kind: "started" },
  { kind: "provisioning" },
  { kind: "provisioned", deploymentId: "sd-1", taskDefinition: "web:2" },
];
export const verified: readonly JournalFact[] = [...provisioned, { kind: "verified", by: "targets" }];
export const shifted: readonly JournalFact[] = [...verified, { kind: "shifted", step: 0, percent: 10 }];
export const all: readonly JournalFact[] = [
  ...shifted,
  { kind: "passed", step: 0 },
  { kind: "shifted", step: 1, percent: 100 },
];
export const back = (kind: "alarm" | "aborted" = "alarm"): JournalFact => ({
  kind: "turned-back",
  cause: { kind, text: "web-errors" },
});

/** What is planned, written down and seen. */
export interface Case {
  readonly plan?: Partial<ServicePlan>;
  readonly facts: readonly JournalFact[];
  readonly seen?: Partial<Extract<NativeObserved, { kind: "seen" }>>;
  /** Since the last entry. */
  readonly afterMs?: number;
}

/** What is decided then. */
export function decided({ plan = {}, facts, seen = {}, afterMs = 1_000 }: Case) {
  const frozen = aServicePlan({ ...native, ...plan });
  const entries = facts.map((fact) => ({ ...fact, at: new Date(begun).toISOString() }));
  const observed: NativeObserved = { kind: "seen", peers: "none", deployment: null, alarms: [], ...seen };
  const journal = { ...aJournal(), plan: frozen, entries };
  return decideNative(frozen, observed, journal, new Date(begun + afterMs));
}

export const kindOf = (found: ReturnType<typeof decided>): unknown =>
  found.kind === "note" ? found.fact.kind : found.kind;
