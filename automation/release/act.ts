import type { Context } from "../context";
import { CloudError } from "../model/cloud-error";
import { SlipwayError } from "../model/errors";
import type { Action } from "../model/release/action";
import type { Cause, CauseKind } from "../model/release/cause";
import type { CheckResult, DeploymentView } from "../model/release/observed";
import type { ServicePlan } from "../model/release/plan";
import type { Images, Slot } from "../../infra/releases";
import { standOf, type Stand } from "../model/release/fold";
import type { ServiceRef } from "../ports/containers";
import { stopping } from "../stack/run-options";
import { runChecks } from "./checks";
import type { JournalWriter } from "./journal-writer";
import { whenCommitted, whenProvisioned, whenRestored } from "./next-releases";
import { sameImages } from "../model/release/image-reference";

export type ActContext = Pick<Context, "engine" | "containers" | "traffic" | "http" | "clock">;

export interface Hands {
  readonly context: ActContext;
  readonly plan: ServicePlan;
  readonly journal: JournalWriter;
  /** @throws SlipwayError `lock-lost` */
  assertHeld(): Promise<void>;
  /** Runs the engine while the stack's lock is held. */
  engineRun<T>(run: (signal: AbortSignal | undefined) => Promise<T>): Promise<T>;
}

/** What an action came to, as far as the next decision has to know. */
export interface Result {
  readonly failure?: Cause;
  /** AWS did not take it just now; the same decision may be made again. */
  readonly again?: true;
  readonly checks?: CheckResult;
}

type Doing = Exclude<Action, { kind: "wait" | "ask" | "note" | "stop" }>;

/** Does what was decided. What AWS or the engine refuses comes back as a failure; what may work in a moment is tried again by the next decision. */
export async function act(hands: Hands, action: Doing): Promise<Result> {
  await hands.assertHeld();
  switch (action.kind) {
    case "check":
      return { checks: await runChecks(hands.context, checksOf(hands.plan, action.side)) };
    case "scale":
      return scale(hands, action);
    case "weigh":
      return weigh(hands, action);
    case "force-deployment":
      return cloud(async () => {
        await hands.journal.append({ kind: "provisioning" });
        await hands.assertHeld();
        const deployment = await hands.context.containers.forceDeployment(refOf(hands.plan, action.slot));
        await hands.journal.append(provisioned(deployment));
      }, "provision-failed");
    case "provision":
      return provision(hands);
    case "restore":
      return restore(hands);
    case "commit":
      return commit(hands, action.live);
  }
}

async function scale({ context, plan, journal }: Hands, { slot, count, then }: Extract<Action, { kind: "scale" }>) {
  return cloud(async () => {
    const service = refOf(plan, slot);
    await context.containers.setCount(service, count);
    if (count === 0 && slot === plan.to.slot) await keepRevision(context, service, standOf(await journal.read()));
    await journal.append(then);
  }, "changed-elsewhere");
}

/**
 * When ECS has given up on the tasks of an idle slot, it has pointed the slot back by itself, and the stack would not
 * know. Without tasks it costs nothing to point it where the stack has it.
 */
async function keepRevision(
  { containers }: ActContext,
  service: ServiceRef,
  { taskDefinition }: Pick<Stand, "taskDefinition">,
): Promise<void> {
  const [found] = await containers.describe(service.cluster, [service.serviceName]);
  if (found === undefined || taskDefinition === null || found.taskDefinition === taskDefinition) return;
  await containers.pointAt(service, taskDefinition);
}

async function weigh(hands: Hands, { weights, then }: Extract<Action, { kind: "weigh" }>) {
  const { context, plan, journal } = hands;
  return cloud(async () => {
    if (then.kind === "shifted") {
      await journal.append({ ...then, kind: "shifting" });
      // A process that slept over it would give traffic to what somebody else has taken down since.
      await hands.assertHeld();
    }
    await context.traffic.setWeights(plan.routes, weights);
    await journal.append(then);
  }, "changed-elsewhere");
}

async function provision(hands: Hands): Promise<Result> {
  const { plan, journal, context } = hands;
  await journal.append({ kind: "provisioning" });
  return engine(async () => {
    const slots = [{ service: plan.service, slot: plan.to.slot }];
    await hands.engineRun((signal) =>
      context.engine.applyImages({
        releases: whenProvisioned(plan),
        slots,
        ...stopping({ signal }),
      }),
    );
    const primary = await primaryOf(hands, plan.to.slot);
    const images = (await context.containers.taskDefinition(primary.taskDefinition))?.images ?? {};
    // A run that was killed here may have given ECS the time to go back by itself.
    if (!sameImages(images, plan.to.images))
      return { failure: { kind: "ecs-rolled-back", text: wentBack(plan, images) } };
    await journal.append(provisioned(primary));
    return {};
  }, "provision-failed");
}

async function restore(hands: Hands): Promise<Result> {
  const { plan, journal, context } = hands;
  await journal.append({ kind: "restoring" });
  return engine(async () => {
    const slots = [{ service: plan.service, slot: plan.from.slot }];
    await hands.engineRun((signal) =>
      context.engine.applyImages({ releases: whenRestored(plan), slots, ...stopping({ signal }) }),
    );
    await journal.append({ kind: "restored", deploymentId: (await primaryOf(hands, plan.from.slot)).id });
  }, "provision-failed");
}

async function commit(hands: Hands, live: Slot): Promise<Result> {
  const { plan, journal, context } = hands;
  await journal.append({ kind: "committing" });
  if (plan.mode !== "slots") {
    // With one slot the run that put the images in place has written all there is to remember.
    await journal.append({ kind: "committed" });
    return {};
  }
  return engine(async () => {
    await hands.engineRun((signal) =>
      context.engine.commitReleases({
        releases: whenCommitted(plan, live),
        services: [plan.service],
        ...stopping({ signal }),
      }),
    );
    await journal.append({ kind: "committed" });
  }, "commit-failed");
}

/** Our own deployment is the one that is PRIMARY right after the service was pointed at it, under our lock. */
async function primaryOf({ context, plan }: Hands, slot: Slot): Promise<DeploymentView> {
  const { serviceName, cluster } = refOf(plan, slot);
  const [service] = await context.containers.describe(cluster, [serviceName]);
  const primary = service?.deployments.find(({ status }) => status === "PRIMARY");
  if (primary === undefined)
    throw new CloudError("missing", "ecs:DescribeServices", "NoPrimary", `${serviceName} has no deployment`);
  return primary;
}

const wentBack = ({ to }: ServicePlan, images: Images): string =>
  `ECS runs ${Object.values(images).join(", ")} in slot ${to.slot} and not ${to.version}: it has given up on it, or somebody has changed it.`;

const provisioned = ({ id, taskDefinition }: DeploymentView) =>
  ({ kind: "provisioned", deploymentId: id, taskDefinition }) as const;

const checksOf = (plan: ServicePlan, side: "idle" | "live") => (side === "idle" ? plan.idleChecks : plan.liveChecks);

export function refOf(plan: ServicePlan, slot: Slot): { readonly cluster: string; readonly serviceName: string } {
  const resources = plan.slots[slot];
  if (resources === undefined) throw new Error(`${plan.service} has no slot ${slot}`);
  return { cluster: plan.cluster, serviceName: resources.serviceName };
}

/** What AWS may take in a moment is decided again; what it refuses is a failure. */
export async function cloud(work: () => Promise<Result | void>, kind: CauseKind): Promise<Result> {
  try {
    return (await work()) ?? {};
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return error.kind === "transient"
      ? { again: true }
      : { failure: { kind, text: `${error.operation}: ${error.message}` } };
  }
}

/** Ends that are not the release's own: the run as a whole stops, and its journal says where. */
const notOurs: ReadonlySet<string> = new Set(["lock-lost", "stack-locked", "interrupted", "journal-contended"]);

export async function engine(work: () => Promise<Result | void>, kind: CauseKind): Promise<Result> {
  try {
    return await cloud(work, kind);
  } catch (error) {
    if (!(error instanceof SlipwayError) || notOurs.has(error.code)) throw error;
    return { failure: { kind, text: error.message } };
  }
}
