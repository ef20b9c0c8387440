import { slots, type Slot } from "../../../infra/releases";
import { CloudError } from "../../model/cloud-error";
import { SlipwayError } from "../../model/errors";
import type { ServiceView } from "../../model/release/observed";
import type { ServicePlan } from "../../model/release/plan";
import type { PreflightContext, PreflightOptions } from "../preflight";
import type { StackFacts } from "../stack-facts";
import { evidenceFor, type Evidence } from "../verified-source";
import type { Asked, Seen } from "./preflight-check";

/** So many releases of a service are looked through for one that went well. */
const recordsToRead = 200;

/** Asks AWS and the records everything that the checks of one service judge, all at the same time. */
export async function look(
  context: PreflightContext,
  plan: ServicePlan,
  facts: StackFacts,
  options: PreflightOptions,
): Promise<Seen> {
  const { config, traffic, metrics, registry, stack } = context;
  const service = config.services[plan.service];
  if (service === undefined) throw new Error(`${plan.service} is not configured`);
  const services = attempt(() => servicesOf(context, plan));
  const live = plan.slots[plan.from.slot];
  const [seen, running, targets, routes, alarms, images, evidence] = await Promise.all([
    services,
    runningOf(context, plan, services),
    attempt(() => Promise.all((live?.targetGroups ?? []).map((group) => traffic.targets(group)))),
    attempt(async () => (plan.routes.length === 0 ? [] : traffic.weights(plan.routes))),
    attempt(async () => (plan.alarms.length === 0 ? [] : metrics.alarms(plan.alarms))),
    attempt(async () => {
      const answers = Object.entries(plan.to.images).map(
        async ([container, image]) => [container, await registry.look(image)] as const,
      );
      return Object.fromEntries(await Promise.all(answers));
    }),
    attempt(() => evidenceOf(context, plan, options)),
  ]);
  return {
    command: options.command,
    plan,
    service,
    account: config.account,
    pairs: Object.entries(facts.targetGroups[plan.service] ?? {}).flatMap(([container, { blue, green }]) =>
      blue === undefined || green === undefined ? [] : [{ container, blue, green }],
    ),
    stack,
    services: seen,
    running,
    targets,
    routes,
    alarms,
    images,
    evidence,
  };
}

async function attempt<T>(ask: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { kind: "known", value: await ask() };
  } catch (error) {
    if (error instanceof CloudError) return { kind: "unknown", error };
    throw error;
  }
}

type BySlot = Readonly<Partial<Record<Slot, ServiceView>>>;

async function servicesOf({ containers }: PreflightContext, { cluster, slots: own }: ServicePlan): Promise<BySlot> {
  const names = slots.flatMap((slot) => own[slot]?.serviceName ?? []);
  const views = await containers.describe(cluster, names);
  return Object.fromEntries(
    slots.flatMap((slot) => {
      const view = views.find(({ serviceName }) => serviceName === own[slot]?.serviceName);
      return view === undefined ? [] : [[slot, view] as const];
    }),
  );
}

/** Begins as soon as the services are known, and has nothing to tell of its own when they are not. */
async function runningOf(
  { containers }: PreflightContext,
  { from }: ServicePlan,
  services: Promise<Asked<BySlot>>,
): Promise<Seen["running"]> {
  const asked = await services;
  if (asked.kind === "unknown") return { kind: "known", value: undefined };
  const definition = asked.value[from.slot]?.taskDefinition;
  return definition === undefined
    ? { kind: "known", value: undefined }
    : attempt(() => containers.taskDefinition(definition));
}

async function evidenceOf(
  { config, journals }: PreflightContext,
  plan: ServicePlan,
  { command, journalsOf }: PreflightOptions,
): Promise<Evidence> {
  const source = config.promotion.verifiedIn;
  if (source === undefined || command !== "release") return { kind: "not-asked" };
  if (journalsOf === undefined) return { kind: "no-way", source, why: "this command does not know how." };
  try {
    const [there, here] = await Promise.all([
      Promise.resolve(journalsOf(source)).then((records) => records.latest(recordsToRead, plan.service)),
      journals.latest(recordsToRead, plan.service),
    ]);
    return evidenceFor(plan, source, { there, here });
  } catch (error) {
    if (error instanceof SlipwayError) return { kind: "no-way", source, why: error.message };
    throw error;
  }
}
