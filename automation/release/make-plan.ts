import type { Fault } from "../../infra/config/fault";
import type { ServiceConfig } from "../../infra/config/schema";
import type { Images } from "../../infra/releases";
import type { Context } from "../context";
import type { ServicePlan } from "../model/release/plan";
import { asked } from "./cloud-failure";
import { findEntrances, type Entrances } from "./entrances";
import { liveImages, newImages, type NewContent } from "./new-images";
import { alarmsOf, ignoredAlarmFaults, ignoredAlarms } from "./plan-alarms";
import { planChecks } from "./plan-checks";
import type { PlanOptions, Wanted } from "./plan-options";
import { partsOf, type Parts } from "./plan-parts";
import { liveService, loadBalancerOf, resourcesOf, routesOf } from "./plan-resources";
import type { StackFacts } from "./stack-facts";
import { wordFaults } from "./word-faults";

export type { PlanOptions, Wanted } from "./plan-options";

export type PlanContext = Pick<
  Context,
  "stack" | "config" | "registry" | "traffic" | "containers" | "metrics" | "http"
>;

const firingDefault: Readonly<Record<Wanted["kind"], NonNullable<PlanOptions["firingAlarms"]>>> = {
  target: "judged",
  images: "ignored",
  restart: "ignored",
};

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
  const names = alarmsOf(service, config, facts);
  const [{ notes, ...content }, routes, running, ways, ignored] = await Promise.all([
    contentOf(context, parts),
    mode === "slots" ? routesOf(context, facts, service) : [],
    liveService(context, facts, parts),
    entrances,
    ignoredAlarms(context, names, { firingAlarms: firingDefault[parts.wanted.kind], ...options }),
  ]);
  const checks = planChecks({
    service,
    services: context.config.services,
    entrances: ways,
    idleSlot,
    version: content.version,
  });
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
    alarms: names.filter((name) => ignored.every((each) => each.name !== name)),
    ignoredAlarms: ignored,
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

/** Words that are wrong for every service are told once. */
const unique = (faults: readonly Fault[]): readonly Fault[] => [
  ...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values(),
];
