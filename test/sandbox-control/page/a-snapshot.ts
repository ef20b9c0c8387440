import type { RuleSnapshot, ServiceSnapshot, Snapshot, TaskSnapshot } from "../../../sandbox/model/snapshot";

/** A sandbox in which nothing is. */
export const emptySnapshot: Snapshot = {
  at: "2026-03-01T12:00:00.000Z",
  speed: 20,
  services: [],
  tasks: [],
  rules: [],
  traffic: { perSecond: 0, byVersion: {}, errors: 0 },
  alarms: [],
  faults: [],
};

type Deployment = ServiceSnapshot["deployments"][number];

export const aDeployment = (more: Partial<Deployment> = {}): Deployment => ({
  id: "ecs-svc/1",
  status: "PRIMARY",
  rolloutState: "COMPLETED",
  taskDefinition: "shop-web:1",
  desired: 2,
  running: 2,
  pending: 0,
  failed: 0,
  ...more,
});

export const aService = (more: Partial<ServiceSnapshot> = {}): ServiceSnapshot => ({
  account: "111111111111",
  cluster: "shop",
  name: "web",
  desired: 2,
  running: 2,
  pending: 0,
  deployments: [aDeployment()],
  events: [{ at: "2026-03-01T11:59:00.000Z", message: "(service web) has reached a steady state." }],
  ...more,
});

export const aTask = (more: Partial<TaskSnapshot> = {}): TaskSnapshot => ({
  id: "0123456789abcdef0123456789abcdef",
  service: "web",
  status: "RUNNING",
  health: "HEALTHY",
  address: "127.0.1.1",
  version: "v1",
  targets: [{ group: "web-blue", state: "healthy" }],
  ...more,
});

export const aRule = (more: Partial<RuleSnapshot> = {}): RuleSnapshot => ({
  loadBalancer: "shop",
  address: "http://127.0.0.1:40080",
  port: 80,
  priority: "default",
  conditions: [],
  weights: [
    { group: "web-blue", weight: 100, healthy: 2, registered: 2 },
    { group: "web-green", weight: 0, healthy: 0, registered: 0 },
  ],
  ...more,
});
