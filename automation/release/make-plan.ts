import type { Fault } from "../../infra/config/fault";
import type { ServiceConfig } from "../../infra/config/schema";
import { slots as allSlots, type Images, type Slot } from "../../infra/releases";
import type { Context } from "../context";
import { versionOfImage } from "../model/release/image-reference";
import type { ServiceView } from "../model/release/observed";
import type { Route, ServicePlan, SlotContent, SlotResources } from "../model/release/plan";
import type { RollbackPolicy } from "../model/release/strategy";
import { alarmsOf, ignoredAlarmFaults } from "./plan-alarms";
import { asked } from "./cloud-failure";
import { liveImages, newImages, type NewContent } from "./new-images";
import { findEntrances, type Entrances } from "./entrances";
import { planChecks } from "./plan-checks";
import { planSteps, type PlannedSteps } from "./plan-steps";
import { notDeployed, type StackFacts } from "./stack-facts";
import type { StepWords } from "./step-words";
import { mainContainer, type Target } from "./targets";
import { wordFaults } from "./word-faults";

/** What one service is to run next. */
export type Wanted =
  /** Another version, as the command line says it. */
  | { readonly kind: "target"; readonly target: Target }
  /** Images that are known already, as a rollback has them; a container that is missing keeps its own. */
  | { readonly kind: "images"; readonly service: string; readonly images: Images; readonly version: string }
  /** The same in new tasks. */
  | { readonly kind: "restart"; readonly service: string };

/** What one run wants otherwise than configuration. */
export interface PlanOptions {
  readonly words?: StepWords;
  readonly rollback?: RollbackPolicy;
  readonly warmSeconds?: number;
  /** Names of alarms that are not judged. */
  readonly ignoreAlarms?: readonly string[];
  /** Why they are not. */
  readonly reason?: string;
}

export type PlanContext = Pick<Context, "stack" | "config" | "registry" | "traffic" | "containers" | "http">;

/** How long tasks may take to become healthy beyond their grace period, where configuration says nothing (ECS-27). */
const startSeconds = 600;

/**
 * One plan for each service, in their order.
 *
 * @throws SlipwayError `usage` (exit 2) with every fault of the words, `not-deployed` (exit 3), `aws` (exit 1)
 */
export async function makePlans(
  context: PlanContext,
  facts: StackFacts,
  wanted: readonly Wanted[],
  options: PlanOptions = {},
): Promise<readonly ServicePlan[]> {
  const parts = wanted.map((each) => partsOf(context, facts, each, options));
  const alarms = parts.flatMap(({ service, config }) => alarmsOf(service, config, facts));
  const faults = unique([
    ...parts.flatMap(({ steps }) => (steps.kind === "refused" ? steps.faults : [])),
    ...ignoredAlarmFaults(options, alarms),
  ]);
  if (faults.length > 0) throw wordFaults(faults);
  return asked(() => {
    const entrances = entrancesFor(context, facts, parts);
    return Promise.all(parts.map((each) => planOf(context, facts, each, { entrances, options })));
  });
}

/** Nobody knocks where no check is to be made. */
async function entrancesFor(context: PlanContext, facts: StackFacts, parts: readonly Parts[]): Promise<Entrances> {
  const first = parts.find(({ config }) => config.checks.length > 0);
  return first === undefined ? { live: null, idle: null } : findEntrances(context, facts, first.live.slot);
}

/** What is known of one release before AWS is asked. */
interface Parts {
  readonly wanted: Wanted;
  readonly service: string;
  readonly config: ServiceConfig;
  readonly live: SlotContent;
  readonly steps: PlannedSteps;
  /** Slots whose ECS services the stack has deployed. */
  readonly deployed: readonly Slot[];
}

function partsOf(
  { config, stack }: PlanContext,
  facts: StackFacts,
  wanted: Wanted,
  { words = {} }: PlanOptions,
): Parts {
  const service = wanted.kind === "target" ? wanted.target.service : wanted.service;
  const own = config.services[service];
  const release = facts.releases[service];
  const names = facts.serviceNames[service] ?? {};
  const images = release?.slots[release.live]?.images;
  if (own === undefined || release === undefined || images === undefined || names[release.live] === undefined)
    throw notDeployed(stack, service);
  const deployed = allSlots.filter((slot) => names[slot] !== undefined);
  const main = images[mainContainer(service, own)] ?? Object.values(images)[0] ?? "";
  return {
    wanted,
    service,
    config: own,
    deployed,
    live: { slot: release.live, images, version: release.slots[release.live]?.version ?? versionOfImage(main) },
    steps: planSteps({
      service,
      release: own.release,
      slots: deployed.length,
      loadBalanced: Object.keys(facts.targetGroups[service] ?? {}).length > 0,
      words: wanted.kind === "restart" ? atOnce(words, own.release.controller) : words,
    }),
  };
}

/** A restart changes nothing that could be compared, so it goes at once where nobody says otherwise. */
const atOnce = (words: StepWords, controller: ServicePlan["controller"]): StepWords =>
  controller === "ecs" || words.strategy !== undefined || words.canaryPercent !== undefined
    ? words
    : { type: "rolling", ...words };

async function planOf(
  context: PlanContext,
  facts: StackFacts,
  parts: Parts,
  { entrances, options }: { readonly entrances: Promise<Entrances>; readonly options: PlanOptions },
): Promise<ServicePlan> {
  const { service, config, live, steps } = parts;
  if (steps.kind === "refused") throw wordFaults(steps.faults);
  const mode = config.release.controller === "ecs" ? "ecs" : steps.strategy === "rolling" ? "rolling" : "slots";
  const slots = resourcesOf(parts, facts, mode);
  const idleSlot = mode === "slots" ? (parts.deployed.find((slot) => slot !== live.slot) ?? null) : null;
  const [{ notes, ...content }, routes, running, ways] = await Promise.all([
    contentOf(context, parts),
    mode === "slots" ? routesOf(context, facts, service) : [],
    liveService(context, facts, parts),
    entrances,
  ]);
  const checks = planChecks({
    service,
    services: context.config.services,
    entrances: ways,
    idleSlot,
    version: content.version,
  });
  const names = alarmsOf(service, config, facts);
  const { ignoreAlarms = [], reason = "" } = options;
  const told = [...notes, ...checks.notes];
  return {
    service,
    cluster: facts.cluster,
    strategy: steps.strategy,
    controller: config.release.controller,
    mode,
    from: { ...live, ...(running === undefined ? {} : { taskDefinition: running.taskDefinition }) },
    to: { slot: idleSlot ?? live.slot, ...content },
    slots,
    routes,
    steps: steps.steps,
    alarms: names.filter((name) => !ignoreAlarms.includes(name)),
    ignoredAlarms: names.filter((name) => ignoreAlarms.includes(name)).map((name) => ({ name, reason })),
    idleChecks: checks.idle,
    liveChecks: checks.live,
    compare: mode === "slots" ? (config.release.compare ?? null) : null,
    loadBalancer: loadBalancerOf(routes),
    rollback: options.rollback ?? config.release.rollback,
    count: Math.max(1, running?.running ?? 1),
    provisionSeconds: config.release.provisionSeconds ?? config.gracePeriodSeconds + startSeconds,
    warmSeconds: mode === "slots" ? (options.warmSeconds ?? config.release.warmSeconds) : 0,
    watchHours: config.release.watchHours,
    restart: parts.wanted.kind === "restart",
    ...(told.length === 0 ? {} : { notes: told }),
  };
}

/** CloudWatch's dimension, which a listener's and a rule's ARN contain: `.../app/<name>/<id>/<listener>`. */
const loadBalancerOf = (routes: readonly Route[]): string | null =>
  routes.flatMap(({ arn }) => /\/(app\/[^/]+\/[^/]+)\//.exec(arn)?.[1] ?? [])[0] ?? null;

function contentOf({ registry }: PlanContext, { wanted, config, live }: Parts): Promise<NewContent> | NewContent {
  const present = liveImages(config, live);
  switch (wanted.kind) {
    case "target":
      return newImages(registry, wanted.target, config, live);
    case "images":
      return { images: { ...present, ...configured(config, wanted.images) }, version: wanted.version, notes: [] };
    case "restart":
      return { images: present, version: live.version, notes: [] };
  }
}

/** Images of containers that the service still has. */
const configured = ({ containers }: ServiceConfig, images: Images): Images =>
  Object.fromEntries(Object.entries(images).filter(([name]) => Object.hasOwn(containers, name)));

/** With ECS' own controller one service moves between the target groups of both slots. */
function resourcesOf(
  { service, deployed, live }: Parts,
  { serviceNames, targetGroups }: StackFacts,
  mode: ServicePlan["mode"],
): ServicePlan["slots"] {
  const groups = Object.values(targetGroups[service] ?? {});
  const ofSlot = (slot: Slot): SlotResources => ({
    serviceName: serviceNames[service]?.[slot] ?? "",
    targetGroups: groups.flatMap((bySlot) => (mode === "ecs" ? Object.values(bySlot) : (bySlot[slot] ?? []))),
  });
  const used = mode === "slots" ? deployed : [live.slot];
  return Object.fromEntries(used.map((slot) => [slot, ofSlot(slot)]));
}

async function routesOf({ traffic }: PlanContext, facts: StackFacts, service: string): Promise<readonly Route[]> {
  const pairs = Object.values(facts.targetGroups[service] ?? {}).flatMap(({ blue, green }) =>
    blue === undefined || green === undefined ? [] : [{ blue, green }],
  );
  return (await Promise.all(pairs.map((groups) => traffic.routesBetween(groups)))).flat();
}

async function liveService(
  { containers }: PlanContext,
  { cluster, serviceNames }: StackFacts,
  { service, live }: Parts,
): Promise<ServiceView | undefined> {
  const name = serviceNames[service]?.[live.slot];
  return name === undefined ? undefined : (await containers.describe(cluster, [name]))[0];
}

/** Words that are wrong for every service are told once. */
const unique = (faults: readonly Fault[]): readonly Fault[] => [
  ...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values(),
];
