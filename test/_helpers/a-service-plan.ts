import type { ServicePlan } from "../../automation/model/release/plan";

/** The plan of a canary release of `web` from v1 (blue) to v2 (green), with what a test says otherwise. */
export const aServicePlan = (different: Partial<ServicePlan> = {}): ServicePlan => ({
  service: "web",
  cluster: "shop",
  strategy: "canary",
  controller: "slipway",
  mode: "slots",
  from: { slot: "blue", images: { web: "registry/web:v1" }, version: "v1" },
  to: { slot: "green", images: { web: "registry/web:v2" }, version: "v2" },
  slots: {
    blue: { serviceName: "web-blue", targetGroups: ["group-blue"] },
    green: { serviceName: "web-green", targetGroups: ["group-green"] },
  },
  routes: [{ kind: "listener", arn: "listener", groups: { blue: "group-blue", green: "group-green" } }],
  steps: [
    { percent: 10, bakeSeconds: 600 },
    { percent: 100, bakeSeconds: 300 },
  ],
  alarms: [],
  ignoredAlarms: [],
  idleChecks: [],
  liveChecks: [],
  compare: null,
  loadBalancer: null,
  rollback: "auto",
  count: 2,
  provisionSeconds: 660,
  warmSeconds: 300,
  watchHours: 0,
  restart: false,
  ...different,
});
