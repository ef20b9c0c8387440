import {
  type CapacityProviderStrategyItem,
  DescribeClustersCommand,
  ECSClient,
  PutClusterCapacityProvidersCommand,
} from "@aws-sdk/client-ecs";
import type { HandlerContext } from "../../handler";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";

interface CapacityProvidersInputs {
  readonly clusterName: string;
  readonly capacityProviders?: readonly string[];
  readonly defaultCapacityProviderStrategies?: readonly Partial<CapacityProviderStrategyItem>[];
}

/** `aws:ecs/clusterCapacityProviders:ClusterCapacityProviders`: an attribute of the cluster under an id of its own. */
export const ecsClusterCapacityProviders = defineHandler<CapacityProvidersInputs>({
  async create(inputs, context) {
    await put(inputs, context);
    return inputs.clusterName;
  },

  async find(id, _known, context) {
    const command = new DescribeClustersCommand({ clusters: [id] });
    const found = (await orMissing(context.client(ECSClient).send(command)))?.clusters?.[0];
    if (!found || found.status === "INACTIVE") return undefined;
    const { capacityProviders = [], defaultCapacityProviderStrategy = [] } = found;
    if (capacityProviders.length === 0) return undefined;
    return {
      clusterName: found.clusterName,
      capacityProviders,
      defaultCapacityProviderStrategies: defaultCapacityProviderStrategy,
    };
  },

  change: (_id, _state, inputs, context) => put(inputs, context),

  remove: (id, _state, context) =>
    removeWhenFree(() => put({ clusterName: id }, context), context, `capacity of ${id}`),
});

async function put(inputs: CapacityProvidersInputs, context: HandlerContext): Promise<void> {
  const strategy = (inputs.defaultCapacityProviderStrategies ?? []).map(({ capacityProvider, weight, base }) => ({
    capacityProvider,
    weight,
    base,
  }));
  await context.client(ECSClient).send(
    new PutClusterCapacityProvidersCommand({
      cluster: inputs.clusterName,
      capacityProviders: [...(inputs.capacityProviders ?? [])],
      defaultCapacityProviderStrategy: strategy,
    }),
  );
}
