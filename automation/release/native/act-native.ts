import type { Context } from "../../context";
import { CloudError } from "../../model/cloud-error";
import type { NativeAction, NativeDeployment } from "../../model/release/native";
import type { SlotContent } from "../../model/release/plan";
import { act, cloud, engine, refOf, type Hands, type Result } from "../act";
import { whenProvisioned, whenRestored } from "../next-releases";

/** What the acts on ECS' own controller need besides those of the driver's. */
export interface NativeHands extends Hands {
  readonly deployments: Context["serviceDeployments"];
}

type Doing = Exclude<NativeAction, { kind: "wait" | "ask" | "note" | "stop" }>;

/** ECS lists a deployment a moment after UpdateService has started it. */
const appears = { tries: 20, everyMs: 1_000 };

/** Does what was decided; see `act`, which does what both have in common. */
export async function actNative(hands: NativeHands, action: Doing): Promise<Result> {
  if (action.kind === "check" || action.kind === "commit") return act(hands, action);
  await hands.assertHeld();
  return changing(hands, action);
}

async function changing(hands: NativeHands, action: Exclude<Doing, { kind: "check" | "commit" }>): Promise<Result> {
  const { plan, journal, deployments, context } = hands;
  switch (action.kind) {
    case "provision":
      await journal.append({ kind: "provisioning" });
      return engine(async () => {
        await applied(hands, "to");
        await provisioned(hands, await withImages(hands, plan.to));
      }, "provision-failed");
    case "force-deployment":
      await journal.append({ kind: "provisioning" });
      return cloud(async () => {
        const before = await deployments.newest(refOf(plan, action.slot));
        await context.containers.forceDeployment(refOf(plan, action.slot));
        await provisioned(hands, await shown(hands, async ({ arn }) => arn !== before?.arn));
      }, "provision-failed");
    case "restore":
      await journal.append({ kind: "restoring" });
      return engine(async () => {
        await applied(hands, "from");
        await journal.append({ kind: "restored", deploymentId: (await withImages(hands, plan.from)).arn });
      }, "provision-failed");
    case "continue":
      return unlessOver(async () => {
        await deployments.continue(action.deployment, action.hookId);
        await journal.append({ kind: "continued", hookId: action.hookId });
      });
    case "take-back":
      return unlessOver(() => deployments.rollBack(action.deployment));
  }
}

async function applied(hands: NativeHands, which: "to" | "from"): Promise<void> {
  const { plan, context } = hands;
  const slots = [{ service: plan.service, slot: plan[which].slot }];
  const releases = which === "to" ? whenProvisioned(plan) : whenRestored(plan);
  await hands.engineRun((signal) =>
    context.engine.applyImages({ releases, slots, ...(signal === undefined ? {} : { signal }) }),
  );
}

async function provisioned({ journal, deployments }: NativeHands, { arn, target }: NativeDeployment): Promise<void> {
  const taskDefinition = (await deployments.taskDefinitionOf(target.arn)) ?? "";
  await journal.append({ kind: "provisioned", deploymentId: arn, taskDefinition });
}

/**
 * The deployment of these images: the newest, once ECS shows it. An older one would be a success that is not ours, so its
 * images are asked for; where they are the very same, nothing was to be deployed.
 */
async function withImages(hands: NativeHands, content: SlotContent): Promise<NativeDeployment> {
  const { deployments, context } = hands;
  return shown(hands, async ({ target }) => {
    const arn = await deployments.taskDefinitionOf(target.arn);
    const definition = arn === undefined ? undefined : await context.containers.taskDefinition(arn);
    return (
      definition !== undefined &&
      Object.entries(content.images).every(([container, image]) => definition.images[container] === image)
    );
  });
}

/** @throws CloudError `missing` when ECS does not show it in time */
async function shown(
  { plan, deployments, context }: NativeHands,
  isOurs: (deployment: NativeDeployment) => Promise<boolean>,
): Promise<NativeDeployment> {
  const service = refOf(plan, plan.to.slot);
  for (let tried = 0; tried < appears.tries; tried++) {
    const newest = await deployments.newest(service);
    if (newest !== undefined && (await isOurs(newest))) return newest;
    await context.clock.sleep(appears.everyMs);
  }
  throw new CloudError(
    "missing",
    "ecs:ListServiceDeployments",
    "NoDeployment",
    `ECS shows no deployment of ${service.serviceName} with these images`,
  );
}

/** Both calls are refused once the deployment or the pause is over, which the next look sees. */
async function unlessOver(call: () => Promise<void>): Promise<Result> {
  return cloud(async () => {
    try {
      await call();
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind !== "refused") throw error;
      throw new CloudError("transient", error.operation, error.code, error.message, { cause: error });
    }
  }, "changed-elsewhere");
}
