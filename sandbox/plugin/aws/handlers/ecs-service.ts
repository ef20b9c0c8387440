import {
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  ECSClient,
  type Service,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import type { HandlerContext } from "../../handler";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";
import { foundTags, lowerCaseTagList } from "../tags";
import { changeableSettings, fromService, type ServiceInputs } from "./ecs-service-shape";
import { fromEcsTags, retagEcs } from "./ecs-tags";

/** The provider's own limits: a deployment to settle, and tasks to drain. */
const steadyWithinSeconds = 1200;
const drainsWithinSeconds = 1200;

/** `aws:ecs/service:Service` */
export const ecsService = defineHandler<ServiceInputs>({
  async create(inputs, context) {
    const { service } = await context.client(ECSClient).send(
      new CreateServiceCommand({
        ...changeableSettings(inputs),
        serviceName: inputs.name,
        cluster: inputs.cluster,
        // Without a figure nothing runs: that is how the provider sends it, too.
        desiredCount: inputs.schedulingStrategy === "DAEMON" ? undefined : (inputs.desiredCount ?? 0),
        launchType: inputs.capacityProviderStrategies?.length ? undefined : inputs.launchType,
        schedulingStrategy: inputs.schedulingStrategy,
        deploymentController: inputs.deploymentController?.type === "CODE_DEPLOY" ? { type: "CODE_DEPLOY" } : undefined,
        tags: lowerCaseTagList(inputs.tagsAll),
      }),
    );
    return service?.serviceArn ?? "";
  },

  async complete(id, inputs, context) {
    if (inputs.waitForSteadyState) await untilSteady(id, inputs, context);
  },

  async find(id, known, context) {
    const found = await describe(id, known.cluster, context);
    if (!found) return undefined;
    return { ...fromService(found, known), ...foundTags(known, fromEcsTags(found.tags)) };
  },

  async change(id, state, inputs, context) {
    const changed = changedSettings(state, inputs);
    if (Object.keys(changed).length > 0 || hasNewRunOptions(state, inputs)) {
      const { cluster, forceNewDeployment } = inputs;
      const command = new UpdateServiceCommand({ ...changed, service: id, cluster, forceNewDeployment });
      await context.client(ECSClient).send(command);
      if (inputs.waitForSteadyState) await untilSteady(id, inputs, context);
    }
    await retagEcs(id, state, inputs, context);
  },

  async remove(id, state, context) {
    const ecs = context.client(ECSClient);
    const { cluster = clusterOf(id), forceDelete = false } = state;
    if (!(await describe(id, cluster, context))) return;
    if (!forceDelete) await orMissing(ecs.send(new UpdateServiceCommand({ service: id, cluster, desiredCount: 0 })));
    await orMissing(ecs.send(new DeleteServiceCommand({ service: id, cluster, force: true })));
    const gone = async (): Promise<true | undefined> => ((await describe(id, cluster, context)) ? undefined : true);
    await context.until(gone, drainsWithinSeconds, `${id} to drain`);
  },
});

/** Only what differs: an unchanged setting would start a deployment as well. */
function changedSettings(state: Partial<ServiceInputs>, inputs: ServiceInputs) {
  const before = changeableSettings({ name: inputs.name, ...state });
  const after = { ...changeableSettings(inputs), desiredCount: inputs.desiredCount };
  const old: Readonly<Record<string, unknown>> = { ...before, desiredCount: state.desiredCount };
  return Object.fromEntries(
    Object.entries(after)
      .filter(([key, value]) => !isSame(old[key], value))
      // A list that is emptied must be sent as empty; absent means "as it is" to ECS.
      .map(([key, value]) => [key, value ?? (Array.isArray(old[key]) ? [] : undefined)])
      .filter(([, value]) => value !== undefined),
  ) as Partial<typeof after>;
}

/** What ECS does not keep: with it the provider calls UpdateService too, but never for tags alone. */
function hasNewRunOptions(state: Partial<ServiceInputs>, inputs: ServiceInputs): boolean {
  return (["forceNewDeployment", "waitForSteadyState"] as const).some((key) => !isSame(state[key], inputs[key]));
}

/** `arn:...:service/<cluster>/<service>` */
const clusterOf = (arn: string): string | undefined => arn.split("/").at(-2);

/** A deleted service stays visible: DRAINING until its tasks are gone, then INACTIVE. */
async function describe(
  id: string,
  cluster: string | undefined,
  context: HandlerContext,
): Promise<Service | undefined> {
  const command = new DescribeServicesCommand({ services: [id], cluster: cluster ?? clusterOf(id), include: ["TAGS"] });
  const found = (await orMissing(context.client(ECSClient).send(command)))?.services?.[0];
  return found?.status === "INACTIVE" ? undefined : found;
}

async function untilSteady(id: string, { cluster }: ServiceInputs, context: HandlerContext): Promise<void> {
  const steady = async (): Promise<true | undefined> => {
    const found = await describe(id, cluster, context);
    const settled = found?.deployments?.length === 1 && found.runningCount === found.desiredCount;
    return settled ? true : undefined;
  };
  await context.until(steady, steadyWithinSeconds, `${id} to reach a steady state`);
}
