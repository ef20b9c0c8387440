import type { Releases } from "../../infra/releases";
import type { Change } from "../../automation/model/change";
import type { CommitRun, ImageRun } from "../../automation/ports/engine";
import type { StackConfig } from "../../infra/config/schema";
import { FakeClock } from "../_fakes/fake-clock";
import type { FakeContext } from "../_fakes/fake-context";
import { FakeEngine } from "../_fakes/fake-engine";
import { answered } from "../_fakes/fake-http";
import { FakeMachine } from "../_fakes/fake-machine";
import { FakeOutput } from "../_fakes/fake-output";
import {
  aDeployment,
  apiGroup,
  aService,
  aTarget,
  registry,
  digest,
  shopConfig,
  shopContext,
  shopFacts,
  webGroups,
} from "./a-shop-release";

export interface WorkingShop extends FakeContext {
  readonly config: StackConfig;
  readonly machine: FakeMachine;
  /** What the stack remembers now. */
  readonly remembered: () => Releases;
  /** Pushes an image of a version for `web`, `proxy`, `api` or `worker`. */
  readonly push: (name: string, tag: string, letter: string) => void;
}

const aDefinition = {
  family: "f",
  revision: 1,
  status: "ACTIVE",
  version: null,
  architecture: "X86_64",
  executionRoleArn: null,
} as const;

/** The service and slot that an ECS service of the shop is. */
const serviceNames = shopFacts().serviceNames;

/**
 * The shop of `shopContext` with an engine and an ECS that do what they are told at once: new images are a completed
 * deployment, a new number of tasks runs and is healthy.
 *
 * @param settings answers of an operator; without any there is no terminal; what a preview shows; services that are not
 * deployed
 */
export function workingShop({
  answers,
  config = shopConfig({ checks: [] }),
  changes = [],
  without = [],
}: {
  readonly answers?: readonly string[];
  readonly config?: StackConfig;
  readonly changes?: readonly Change[];
  readonly without?: readonly string[];
} = {}): WorkingShop {
  const base = shopContext(config);
  const { containers, traffic, http, log } = base;
  let releases: Releases = Object.fromEntries(
    Object.entries(shopFacts().releases).filter(([service]) => !without.includes(service)),
  );
  let deployments = 1;
  for (const path of ["/api/health", "/health"])
    http.answers.set(`http://shop.elb.amazonaws.com${path}`, answered(200));
  traffic.members.set(
    apiGroup,
    ["1", "2", "3"].map((number) => aTarget(`10.1.0.${number}`)),
  );

  const applyImages = (run: ImageRun): void => {
    releases = { ...releases, ...run.releases };
    for (const { service, slot } of run.slots) {
      const name = serviceNames[service]?.[slot] ?? "";
      const known = containers.services.get(name);
      deployments += 1;
      const { desired = 0, running = 0 } = known ?? {};
      const taskDefinition = `arn:${name}:${deployments}`;
      const deployment = aDeployment({ id: `ecs-svc/${deployments}`, taskDefinition, desired, running });
      const images = releases[service]?.slots[slot]?.images ?? {};
      containers.definitions.set(taskDefinition, { ...aDefinition, arn: taskDefinition, images });
      containers.services.set(name, aService(name, { desired, running, taskDefinition, deployments: [deployment] }));
    }
  };
  const script = {
    changes,
    get outputs() {
      const { cluster, serviceNames: ServiceNames, targetGroups, loadBalancerDns, testListenerUrl } = shopFacts();
      const values = {
        releases,
        ClusterName: cluster,
        ServiceNames,
        TargetGroupArns: targetGroups,
        LoadBalancerDNS: loadBalancerDns,
        TestListenerUrl: testListenerUrl,
        ReleaseAlarmNames: shopFacts().releaseAlarms,
      };
      return Object.entries(values).map(([name, value]) => ({ name, value, secret: false }));
    },
    acting: {
      applyImages,
      commitReleases: (run: CommitRun): void => void (releases = { ...releases, ...run.releases }),
    },
  };
  containers.acting.setCount = ({ serviceName }, count) => {
    const known = containers.services.get(serviceName);
    if (known === undefined) return;
    containers.services.set(serviceName, {
      ...known,
      desired: count,
      running: count,
      deployments: known.deployments.map((each) => ({ ...each, desired: count, running: count })),
    });
    const slot = serviceName.endsWith("-green") ? "green" : "blue";
    if (serviceName.startsWith("shop-web"))
      traffic.members.set(
        webGroups[slot],
        Array.from({ length: count }, (_, index) => aTarget(`10.0.${slot.length}.${index}`)),
      );
  };
  containers.acting.forceDeployment = ({ serviceName }) => {
    const known = containers.services.get(serviceName) ?? aService(serviceName);
    deployments += 1;
    const deployment = aDeployment({ id: `ecs-svc/${deployments}`, taskDefinition: known.taskDefinition });
    containers.services.set(serviceName, { ...known, deployments: [deployment] });
    return deployment;
  };
  return {
    ...base,
    config,
    clock: new FakeClock(),
    machine: new FakeMachine(),
    output: new FakeOutput(answers, log),
    engine: new FakeEngine(script, log),
    remembered: () => releases,
    push(name, tag, letter) {
      const answer = { kind: "found", digest: digest(letter), pushedAt: null, architectures: ["amd64"] } as const;
      base.registry.images.set(`${registry}/${name}:${tag}`, answer);
      base.registry.images.set(`${registry}/${name}@${digest(letter)}`, answer);
    },
  };
}
