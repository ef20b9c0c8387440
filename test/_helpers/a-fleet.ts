import type { Fleet } from "../../automation/model/fleet/fleet";
import type { FleetJournal } from "../../automation/model/fleet/journal";
import type { FleetPlan } from "../../automation/model/fleet/plan";

export const limits = { minimumRequests: 20, maxErrorPoints: 5, maxLatencyRatio: 1.5 };

/** The fleet of the component `agent`, which is checked by a command. */
export const aFleet = (different: Partial<Fleet> = {}): Fleet => ({
  instances: { tags: { Role: "agent" } },
  update: { commands: ["install {version}"], timeoutSeconds: 600 },
  check: { commands: ["probe {version}"] },
  healthIntervalSeconds: 60,
  canaryPercent: 10,
  canaryWatch: { seconds: 0, intervalSeconds: 60, compare: limits },
  retries: 2,
  ...different,
});

/** A run that brings v2 onto three instances that have v1, with what a test says otherwise. */
export const aFleetPlan = (different: Partial<FleetPlan> = {}): FleetPlan => ({
  component: "agent",
  version: "v2",
  type: "rolling",
  total: 3,
  kept: 0,
  moves: ["i-1", "i-2", "i-3"].map((instance) => ({ instance, from: "v1", to: "v2" })),
  earlier: [],
  healthIntervalSeconds: 60,
  retries: 2,
  ...different,
});

export const aFleetJournal = (plan: FleetPlan = aFleetPlan()): FleetJournal => ({
  schema: 1,
  id: "20261121-170345-agent",
  stack: "staging",
  startedAt: "2026-11-21T17:03:45.000Z",
  by: { identity: null, user: "ops", host: "desk" },
  plan,
  entries: [{ kind: "started", at: "1970-01-01T00:00:00.000Z" }],
});
