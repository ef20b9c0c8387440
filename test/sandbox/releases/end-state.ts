import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Context } from "../../../automation/context";
import { standOf } from "../../../automation/model/release/fold";
import type { Journal } from "../../../automation/model/release/journal";
import { releasesSchema, slots, type ServiceRelease, type Slot } from "../../../infra/releases";
import { labStack, type Lab } from "./lab";

/** The newest record of a service; closed or open. */
export async function newestOf(context: Context, service: string): Promise<Journal> {
  const [journal] = await context.journals.latest(1, service);
  if (journal === undefined) throw new Error(`${service} was never released`);
  return journal;
}

/** How many releases of a service are over. */
export const endedOf = async (context: Context, service: string): Promise<number> =>
  (await context.journals.latest(10_000, service)).length;

/** What AWS answers about one service, and what the stack remembers of it. */
export interface ServiceFound {
  /** Tasks by slot; those that stop are over by then. */
  readonly running: Readonly<Record<Slot, number>>;
  readonly desired: Readonly<Record<Slot, number>>;
  /** By route. */
  readonly weights: readonly Readonly<Record<Slot, number>>[];
  /** Healthy targets by slot, in the group that has fewest. */
  readonly healthy: Readonly<Record<Slot, number>>;
  /** By slot, of its task definition. */
  readonly images: Readonly<Record<Slot, Readonly<Record<string, string>>>>;
  readonly remembered: { readonly live: Slot; readonly images: unknown; readonly weights: unknown };
}

/** The stack's output `releases`, out of the state file: to ask the engine for it takes longer than all the rest. */
export function rememberedOf({ folder }: Pick<Lab, "folder">, service: string): ServiceRelease {
  const stacks = join(folder, ".slipway", "sandbox", "backend", ".pulumi", "stacks");
  const file = join(stacks, readProject(folder), `${labStack}.json`);
  const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
    checkpoint: { latest: { resources: readonly { type: string; outputs?: Record<string, unknown> }[] } };
  };
  const stack = checkpoint.latest.resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  const remembered = releasesSchema.parse(stack?.outputs?.["releases"])[service];
  if (remembered === undefined) throw new Error(`the stack remembers nothing of ${service}`);
  return remembered;
}

const readProject = (folder: string): string =>
  /^name: (.+)$/m.exec(readFileSync(join(folder, "Pulumi.yaml"), "utf8"))?.[1]?.trim() ?? "";

/** Asks AWS about a service with two slots, when it has come to rest. */
export async function foundOf(lab: Lab, context: Context, { plan }: Journal): Promise<ServiceFound> {
  const { service, cluster } = plan;
  const names = bySlot((slot) => plan.slots[slot]?.serviceName ?? "");
  await lab.cloud.until(`${service} at rest`, (state) =>
    slots.every((slot) => {
      const found = state.services.find(({ name }) => name === names[slot]);
      const tasks = state.tasks.filter((task) => task.service === names[slot] && task.status !== "STOPPED");
      return (
        found !== undefined &&
        found.deployments.length === 1 &&
        tasks.length === found.desired &&
        tasks.every(
          ({ targets, status }) => status === "RUNNING" && targets.every((target) => target.state === "healthy"),
        )
      );
    }),
  );
  const views = await context.containers.describe(cluster, Object.values(names));
  const viewOf = (slot: Slot) => views.find(({ serviceName }) => serviceName === names[slot]);
  const remembered = rememberedOf(lab, service);
  const definitions = await everySlot(async (slot) =>
    context.containers.taskDefinition(viewOf(slot)?.taskDefinition ?? ""),
  );
  return {
    running: bySlot((slot) => viewOf(slot)?.running ?? -1),
    desired: bySlot((slot) => viewOf(slot)?.desired ?? -1),
    weights: (await context.traffic.weights(plan.routes)).map(({ weights }) => weights),
    healthy: await everySlot(async (slot) => {
      const groups = await Promise.all(
        (plan.slots[slot]?.targetGroups ?? []).map(async (group) => context.traffic.targets(group)),
      );
      return Math.min(...groups.map((targets) => targets.filter(({ state }) => state === "healthy").length));
    }),
    images: bySlot((slot) => definitions[slot]?.images ?? {}),
    remembered: {
      live: remembered.live,
      images: remembered.slots[remembered.live]?.images,
      weights: remembered.weights,
    },
  };
}

/**
 * What must hold after every release, however it went: one slot runs, all traffic goes there and is taken, the stack
 * remembers what runs, and nothing is left open or locked.
 *
 * @param ended releases of the service that were over before
 */
export async function expectWholeEnd(lab: Lab, context: Context, journal: Journal, ended: number): Promise<Slot> {
  const { service } = journal.plan;
  const found = await foundOf(lab, context, journal);
  const live = slots.filter((slot) => found.running[slot] > 0);
  const [slot = "blue"] = live;
  const all = slot === "blue" ? { blue: 100, green: 0 } : { blue: 0, green: 100 };
  const lock = await context.serviceLock(service).look();
  expect({
    live,
    weights: found.weights,
    isHealthy: found.healthy[slot] > 0 && found.running[slot] === found.desired[slot],
    remembered: found.remembered,
    open: await context.journals.openServices(),
    ended: await endedOf(context, service),
    locks: [lock?.standing, (await context.lock.look())?.standing].filter((standing) => standing === "held"),
  }).to.deep.equal({
    live: [slot],
    weights: journal.plan.routes.map(() => all),
    isHealthy: true,
    remembered: { live: slot, images: found.images[slot], weights: all },
    open: [],
    ended,
    locks: [],
  });
  return slot;
}

/** The outcome that a closed record tells is the one that AWS shows. */
export function expectTrueOutcome(journal: Journal, slot: Slot): string {
  const { outcome } = standOf(journal);
  const { from, to } = journal.plan;
  expect({ outcome, slot }).to.deep.equal(
    slot === to.slot
      ? { outcome: outcome === "stuck" ? "stuck" : "done", slot }
      : { outcome: "rolled-back", slot: from.slot },
  );
  return outcome ?? "open";
}

const bySlot = <T>(of: (slot: Slot) => T): Readonly<Record<Slot, T>> => ({ blue: of("blue"), green: of("green") });

async function everySlot<T>(of: (slot: Slot) => Promise<T>): Promise<Readonly<Record<Slot, T>>> {
  const [blue, green] = await Promise.all([of("blue"), of("green")]);
  return { blue, green };
}
