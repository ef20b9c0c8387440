import { readFileSync, writeFileSync } from "node:fs";
import { engineHere } from "./probe/probe";
import { deploy } from "./probe/deploy";
import { pulumiEngine } from "../../automation/adapters/pulumi-engine";
import { systemClock } from "../../automation/adapters/system-clock";
import type { Engine } from "../../automation/ports/engine";
import { program } from "../../infra/program";
import { releasesSchema, type ServiceRelease, type Slot } from "../../infra/releases";
import { sandboxCloud } from "../_helpers/sandbox-cloud";
import { run, sandboxProject, type SandboxProject } from "../_helpers/sandbox-project";

const registry = "686831565523.dkr.ecr.eu-central-1.amazonaws.com";

const services = ["shop", "cart", "api", "worker"];

/** An environment with two slots and scaling (`shop`), two slots without (`cart`), one behind the balancer and one not. */
export const releaseStackFile = `config:
  aws:region: eu-central-1
  slipway:system: axonflow
  slipway:environment: staging
  slipway:account: { id: "686831565523" }
  slipway:network: { mode: create, cidr: 10.10.0.0/16, zones: 2, nat: single }
  slipway:loadBalancer: { scheme: internet-facing, http: forward }
  slipway:services:
    shop:
      cpu: 256
      memory: 512
      desiredCount: 2
      autoscaling: { min: 2, max: 6, cpuTarget: 60 }
      release: { strategy: blue-green }
      containers:
        shop:
          image: { repository: ${registry}/shop, tag: v1 }
          port: 8080
          environment: { TOKEN: hunter2-hunter2 }
          loadBalancer: { healthCheck: { path: /health } }
    cart:
      cpu: 256
      memory: 512
      desiredCount: 3
      release: { strategy: canary }
      containers:
        cart:
          image: { repository: ${registry}/cart, tag: v1 }
          port: 8082
          loadBalancer: { paths: ["/cart/*"], healthCheck: { path: /health } }
    api:
      cpu: 256
      memory: 512
      containers:
        api:
          image: { repository: ${registry}/api, tag: v1 }
          port: 8081
          loadBalancer: { paths: ["/api/*"], healthCheck: { path: /health } }
    worker:
      cpu: 256
      memory: 512
      containers:
        worker:
          image: { repository: ${registry}/worker, tag: v1 }
  slipway:alarms:
    rules:
      - { rule: running-below-desired, threshold: 0, periodSeconds: 300, evaluationPeriods: 2, severity: P2 }
`;

/** A deployed environment in a sandbox of its own, with the engine in this process. */
export interface ReleaseStack {
  readonly engine: Engine;
  readonly cloud: Awaited<ReturnType<typeof sandboxCloud>>;
  /** The output `releases` of one service. */
  release(service: string): Promise<ServiceRelease>;
  /** What it would be with another tag in a slot. */
  withTag(service: string, slot: Slot, tag: string): Promise<ServiceRelease>;
  /** Resources of the state by URN, as the engine writes them, without what only says when and where they were declared. */
  resources(): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>>;
  /** Runs something on a changed configuration, and puts the old one back. */
  configured<T>(edit: (text: string) => string, work: () => Promise<T>): Promise<T>;
  /** What a plain \`pulumi preview --expect-no-changes\` ends with. */
  plainPreview(): Promise<number | null>;
  remove(): Promise<void>;
}

export async function releaseStack(): Promise<ReleaseStack | undefined> {
  const resolved = await engineHere();
  if (resolved === undefined) return undefined;
  const project: SandboxProject = sandboxProject(() => releaseStackFile);
  const cloud = await sandboxCloud(project, "staging");
  const env = { ...process.env, ...cloud.env };
  // ECS would take back by itself what it finds no image for.
  for (const service of services)
    for (const tag of ["v1", "v2"])
      await project.json("sandbox", "image", "push", `${registry}/${service}:${tag}`, "--create");
  const engine = pulumiEngine({
    stack: "staging",
    project: "slipway",
    folder: project.folder,
    env,
    clock: systemClock,
    resolve: async () => resolved,
    program,
  });
  await deploy(engine);
  const pulumi = (...args: readonly string[]) => run(resolved.path, [...args, "-s", "staging"], project.folder, env);

  const release = async (service: string): Promise<ServiceRelease> => {
    const found = (await engine.outputs()).find(({ name }) => name === "releases");
    const known = releasesSchema.parse(found?.value)[service];
    if (known === undefined) throw new Error(`no release of ${service}`);
    return known;
  };
  return {
    engine,
    cloud,
    release,
    async withTag(service, slot, tag) {
      const now = await release(service);
      const changed = { images: { [service]: `${registry}/${service}:${tag}` }, version: tag };
      return { ...now, slots: { ...now.slots, [slot]: changed } };
    },
    async resources() {
      const { stdout } = await pulumi("stack", "export");
      const { deployment } = JSON.parse(stdout) as { deployment: { resources: Record<string, unknown>[] } };
      return new Map(deployment.resources.map((resource) => [String(resource["urn"]), lasting(resource)]));
    },
    async configured(edit, work) {
      const file = cloud.env["PULUMI_OPTION_CONFIG_FILE"] ?? "";
      const text = readFileSync(file, "utf8");
      const edited = edit(text);
      if (edited === text) throw new Error("the configuration was not changed");
      writeFileSync(file, edited);
      try {
        return await work();
      } finally {
        writeFileSync(file, text);
      }
    },
    plainPreview: async () => (await pulumi("preview", "--expect-no-changes", "--non-interactive")).code,
    remove: () => project.remove(),
  };
}

/** Dependencies are sets. */
function lasting(resource: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const passing = ["created", "modified", "sourcePosition", "stackTrace"];
  const sets = Object.entries((resource["propertyDependencies"] ?? {}) as Record<string, string[] | null>);
  return {
    ...Object.fromEntries(Object.entries(resource).filter(([key]) => !passing.includes(key))),
    dependencies: [...((resource["dependencies"] ?? []) as string[])].sort(),
    propertyDependencies: Object.fromEntries(sets.map(([key, urns]) => [key, [...(urns ?? [])].sort()])),
  };
}
