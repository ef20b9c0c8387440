import type { StackConfig } from "../../infra/config/schema";
import type { Context } from "../context";
import type { Check } from "../model/release/plan";
import { versionOfImage } from "../model/release/image-reference";
import type { SideService, SwitchSide } from "../model/switch/plan";
import { alarmsOf } from "../release/plan-alarms";
import { planChecks } from "../release/plan-checks";
import { readStackFacts, type StackFacts } from "../release/stack-facts";
import { mainContainer } from "../release/targets";

/** One environment as a switch has to know it. */
export interface SideFacts {
  readonly side: SwitchSide;
  /** `http(s)://<load balancer>`; null when the stack has none. */
  readonly balancerUrl: string | null;
  /** What the database is told by; null without one. */
  readonly database: string | null;
  /** The checks of all services, at some URL and in the name of the shared one. */
  readonly checksAt: (url: string) => { readonly checks: readonly Check[]; readonly notes: readonly string[] };
}

/**
 * @param host the shared name
 * @throws SlipwayError `not-deployed` or `record-newer` (exit 3)
 */
export async function readSide(context: Context, host: string): Promise<SideFacts> {
  const { stack, config, engine, traffic } = context;
  const outputs = await engine.outputs();
  const facts = await readStackFacts({ stack, config, engine: { ...engine, outputs: async () => outputs } });
  const services = await Promise.all(
    Object.entries(facts.serviceNames).map(async ([service, names]): Promise<SideService> => ({
      service,
      serviceName: names[liveOf(facts, service)] ?? "",
      targetGroups: await liveGroups(facts, service, config, traffic),
    })),
  );
  const scheme = config.loadBalancer?.https === undefined ? "http" : "https";
  const textOf = (name: string): string | null => {
    const value = outputs.find((output) => output.name === name)?.value;
    return typeof value === "string" ? value : null;
  };
  return {
    side: {
      stack,
      cluster: facts.cluster,
      services,
      alarms: [...new Set(Object.entries(config.services).flatMap(([service, own]) => alarmsOf(service, own, facts)))],
    },
    balancerUrl: facts.loadBalancerDns === null ? null : `${scheme}://${facts.loadBalancerDns}`,
    database: textOf("DbInstanceId") ?? textOf("DbEndpoint"),
    checksAt: (url) => checksAt(url, { config, facts, host }),
  };
}

const liveOf = ({ releases }: StackFacts, service: string) => releases[service]?.live ?? "blue";

/** Target groups of the live slot; where ECS shifts itself, the ones of each pair that have targets. */
async function liveGroups(
  facts: StackFacts,
  service: string,
  { services }: StackConfig,
  traffic: Context["traffic"],
): Promise<readonly string[]> {
  const live = liveOf(facts, service);
  const pairs = Object.values(facts.targetGroups[service] ?? {});
  const chosen = pairs.map(async (bySlot) => {
    const all = Object.values(bySlot);
    if (services[service]?.release.controller !== "ecs" || all.length < 2) return bySlot[live];
    const counts = await Promise.all(all.map(async (arn) => (await traffic.targets(arn)).length));
    return all[counts.indexOf(Math.max(...counts))];
  });
  return (await Promise.all(chosen)).flatMap((arn) => arn ?? []);
}

function checksAt(
  url: string,
  { config, facts, host }: { readonly config: StackConfig; readonly facts: StackFacts; readonly host: string },
): ReturnType<SideFacts["checksAt"]> {
  const found = Object.entries(config.services).map(([service, own]) => {
    const release = facts.releases[service];
    const content = release?.slots[release.live];
    const image = content?.images[mainContainer(service, own)] ?? Object.values(content?.images ?? {})[0] ?? "";
    const { live: checks, notes } = planChecks({
      service,
      services: config.services,
      entrances: { idle: null, live: { url, reachable: true } },
      idleSlot: null,
      version: content?.version ?? versionOfImage(image),
    });
    return { checks: checks.map((check) => asClient(check, host)), notes };
  });
  return { checks: found.flatMap(({ checks }) => checks), notes: found.flatMap(({ notes }) => notes) };
}

/** As a client of the shared name asks, wherever the name points now: the certificate is that name's. */
function asClient(check: Check, host: string): Check {
  const asked = check.headers["host"] ?? host;
  return {
    ...check,
    headers: { ...check.headers, host: asked },
    ...(check.url.startsWith("https:") ? { serverName: asked, verifyCertificate: true } : {}),
  };
}
