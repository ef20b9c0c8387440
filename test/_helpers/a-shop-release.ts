import type { StackConfig } from "../../infra/config/schema";
import type { FakeContext } from "../_fakes/fake-context";
import { fakeContext } from "../_fakes/fake-context";
import type { DeploymentView, ServiceView, TargetView } from "../../automation/model/release/observed";
import type { StackFacts } from "../../automation/release/stack-facts";
import { stackConfig } from "./stack-config";

const account = "686831565523";
export const registry = `${account}.dkr.ecr.eu-central-1.amazonaws.com`;
/** A digest of one repeated letter. */
export const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

const healthCheck = { path: "/health" };

/** `web` has two slots and a sidecar of its own, `api` rolls behind `/api/*`, `worker` has no load balancer. */
export function shopConfig(
  web: Readonly<Record<string, unknown>> = {},
  areas: Readonly<Record<string, unknown>> = {},
): StackConfig {
  return stackConfig({
    account: { id: account, forbidden: ["709825985650"] },
    loadBalancer: { scheme: "internet-facing", http: "forward", test: { port: 9000 } },
    services: {
      web: {
        gracePeriodSeconds: 30,
        release: { strategy: "canary", alarms: ["shop-orders"] },
        checks: [{ path: "/health", json: { status: "healthy", version: "{version}" } }],
        containers: {
          web: { image: { repository: `${registry}/web`, tag: "v1" }, port: 8080, loadBalancer: { healthCheck } },
          proxy: { image: { repository: `${registry}/proxy`, tag: "v1" } },
          logs: { image: { repository: "public.ecr.aws/aws-observability/aws-for-fluent-bit", tag: "3" } },
        },
        ...web,
      },
      api: {
        checks: [{ path: "/api/health" }, { path: "/health" }],
        containers: {
          api: {
            image: { repository: `${registry}/api`, tag: "v1" },
            port: 8080,
            loadBalancer: { paths: ["/api/*"], healthCheck },
          },
        },
      },
      worker: { containers: { worker: { image: { repository: `${registry}/worker`, tag: "v1" } } } },
    },
    ...areas,
  });
}

const group = (name: string): string => `arn:aws:elasticloadbalancing:eu-central-1:${account}:targetgroup/${name}/1`;
export const webGroups = { blue: group("web-blue"), green: group("web-green") };
export const apiGroup = group("api-blue");
export const webRoute = {
  kind: "listener",
  arn: `arn:aws:elasticloadbalancing:eu-central-1:${account}:listener/app/shop/50dc/f2f7`,
  groups: webGroups,
} as const;

export const liveImages = {
  web: `${registry}/web@${digest("a")}`,
  proxy: `${registry}/proxy@${digest("b")}`,
  logs: "public.ecr.aws/aws-observability/aws-for-fluent-bit:3",
};

/** What the deployed stack says: `web` is live in blue with v1. */
export const shopFacts = (changes: Partial<StackFacts> = {}): StackFacts => ({
  cluster: "shop",
  releases: {
    web: {
      live: "blue",
      slots: { blue: { images: liveImages, version: "v1" }, green: { images: liveImages, version: "v0" } },
      weights: { blue: 100, green: 0 },
    },
    api: { live: "blue", slots: { blue: { images: { api: `${registry}/api:v1` } } }, weights: { blue: 100, green: 0 } },
    worker: {
      live: "blue",
      slots: { blue: { images: { worker: `${registry}/worker:v1` } } },
      weights: { blue: 100, green: 0 },
    },
  },
  serviceNames: {
    web: { blue: "shop-web", green: "shop-web-green" },
    api: { blue: "shop-api" },
    worker: { blue: "shop-worker" },
  },
  targetGroups: { web: { web: webGroups }, api: { api: { blue: apiGroup } } },
  loadBalancerDns: "shop.elb.amazonaws.com",
  testListenerUrl: "http://shop.elb.amazonaws.com:9000",
  releaseAlarms: { web: ["shop-web-errors"], api: ["shop-api-errors"] },
  endpoints: { web: "http://shop.elb.amazonaws.com" },
  ...changes,
});

export const aDeployment = (changes: Partial<DeploymentView> = {}): DeploymentView => ({
  id: "ecs-svc/1",
  status: "PRIMARY",
  rolloutState: "COMPLETED",
  rolloutStateReason: "",
  taskDefinition: "arn:web:1",
  desired: 3,
  running: 3,
  pending: 0,
  failedTasks: 0,
  createdAt: "2026-11-21T12:00:00.000Z",
  ...changes,
});

export const aService = (serviceName: string, changes: Partial<ServiceView> = {}): ServiceView => ({
  serviceName,
  status: "ACTIVE",
  taskDefinition: "arn:web:1",
  desired: 3,
  running: 3,
  pending: 0,
  deployments: [aDeployment()],
  events: [],
  ...changes,
});

export const aTarget = (id: string, state: TargetView["state"] = "healthy", reason = ""): TargetView => ({
  id,
  state,
  reason,
});

const listeners = ["http://shop.elb.amazonaws.com/", "http://shop.elb.amazonaws.com:9000/"];

/** The shop at rest: everything healthy, `v2` of all images pushed, both listeners answer. */
export function shopContext(config: StackConfig = shopConfig()): FakeContext & { readonly config: StackConfig } {
  const context = { ...fakeContext(), config };
  const { containers, traffic, registry: images, http } = context;
  const idle = aService("shop-web-green", {
    desired: 0,
    running: 0,
    deployments: [aDeployment({ desired: 0, running: 0 })],
  });
  for (const service of [
    aService("shop-web"),
    idle,
    aService("shop-api", { taskDefinition: "arn:api:1" }),
    aService("shop-worker", { taskDefinition: "arn:worker:1" }),
  ])
    containers.services.set(service.serviceName, service);
  const definition = {
    family: "f",
    revision: 1,
    status: "ACTIVE",
    version: null,
    architecture: "X86_64",
    executionRoleArn: null,
  } as const;
  containers.definitions.set("arn:web:1", { ...definition, arn: "arn:web:1", images: liveImages });
  containers.definitions.set("arn:api:1", { ...definition, arn: "arn:api:1", images: { api: `${registry}/api:v1` } });
  containers.definitions.set("arn:worker:1", {
    ...definition,
    arn: "arn:worker:1",
    images: { worker: `${registry}/worker:v1` },
  });
  traffic.routes = [webRoute];
  traffic.members.set(webGroups.blue, [aTarget("10.0.0.1"), aTarget("10.0.0.2"), aTarget("10.0.0.3")]);
  traffic.members.set(apiGroup, [aTarget("10.0.0.4")]);
  const push = (name: string, letter: string): void => {
    const answer = {
      kind: "found",
      digest: digest(letter),
      pushedAt: `2026-11-2${letter === "c" ? 1 : 0}T09:00:00Z`,
      architectures: ["amd64"],
    } as const;
    images.images.set(`${registry}/${name}:v2`, answer);
    images.images.set(`${registry}/${name}@${digest(letter)}`, answer);
  };
  push("web", "c");
  push("proxy", "d");
  push("api", "e");
  push("worker", "f");
  for (const url of listeners)
    http.answers.set(url, { kind: "answered", status: 404, headers: {}, body: "", durationMs: 2 });
  return context;
}
