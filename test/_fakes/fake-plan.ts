import type { ServicePlan } from "../../automation/model/release/plan";

const arn = (kind: string): string => `arn:aws:elasticloadbalancing:eu-central-1:1:${kind}`;

/** A blue-green release of `web` from v1 in blue to v2 in green, with one route; a test changes what it is about. */
export const fakePlan = (changes: Partial<ServicePlan> = {}): ServicePlan => ({
  service: "web",
  cluster: "shop",
  strategy: "canary",
  controller: "slipway",
  mode: "slots",
  from: { slot: "blue", images: { web: "shop:v1" }, version: "v1" },
  to: { slot: "green", images: { web: "shop:v2" }, version: "v2" },
  slots: {
    blue: { serviceName: "web-blue", targetGroups: [arn("targetgroup/web-blue/1")] },
    green: { serviceName: "web-green", targetGroups: [arn("targetgroup/web-green/1")] },
  },
  routes: [
    {
      kind: "rule",
      arn: arn("listener-rule/1"),
      groups: { blue: arn("targetgroup/web-blue/1"), green: arn("targetgroup/web-green/1") },
    },
  ],
  steps: [
    { percent: 10, bakeSeconds: 60 },
    { percent: 100, bakeSeconds: 30 },
  ],
  alarms: ["web-5xx"],
  ignoredAlarms: [],
  idleChecks: [],
  liveChecks: [],
  compare: null,
  loadBalancer: null,
  rollback: "auto",
  count: 2,
  provisionSeconds: 300,
  warmSeconds: 60,
  watchHours: 0,
  restart: false,
  ...changes,
});

/** The same release of a service with one slot. */
export const fakeRollingPlan = (changes: Partial<ServicePlan> = {}): ServicePlan =>
  fakePlan({
    strategy: "rolling",
    mode: "rolling",
    to: { slot: "blue", images: { web: "shop:v2" }, version: "v2" },
    slots: { blue: { serviceName: "web-blue", targetGroups: [arn("targetgroup/web-blue/1")] } },
    routes: [],
    steps: [{ percent: 100, bakeSeconds: 30 }],
    ...changes,
  });
