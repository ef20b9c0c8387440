import {
  type Cluster,
  type ClusterSetting,
  CreateClusterCommand,
  DeleteClusterCommand,
  DescribeClustersCommand,
  ECSClient,
  type ClusterConfiguration,
  UpdateClusterCommand,
} from "@aws-sdk/client-ecs";
import type { HandlerContext } from "../../handler";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";
import { foundTags, lowerCaseTagList, type Tagged } from "../tags";
import { fromEcsTags, retagEcs } from "./ecs-tags";

interface ClusterInputs extends Tagged {
  readonly name: string;
  readonly settings?: readonly ClusterSetting[];
  readonly configuration?: ClusterConfiguration;
}

/** `aws:ecs/cluster:Cluster` */
export const ecsCluster = defineHandler<ClusterInputs>({
  async create(inputs, context) {
    const { cluster } = await context.client(ECSClient).send(
      new CreateClusterCommand({
        clusterName: inputs.name,
        settings: inputs.settings && [...inputs.settings],
        configuration: inputs.configuration,
        tags: lowerCaseTagList(inputs.tagsAll),
      }),
    );
    return cluster?.clusterArn ?? "";
  },

  async find(id, known, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    return {
      arn: found.clusterArn,
      name: found.clusterName,
      settings: found.settings ?? [],
      configuration: found.configuration,
      ...foundTags(known, fromEcsTags(found.tags)),
    };
  },

  async change(id, state, inputs, context) {
    if (!isSame(state.settings, inputs.settings) || !isSame(state.configuration, inputs.configuration)) {
      const settings = inputs.settings && [...inputs.settings];
      const command = new UpdateClusterCommand({ cluster: id, settings, configuration: inputs.configuration });
      await context.client(ECSClient).send(command);
    }
    await retagEcs(id, state, inputs, context);
  },

  remove: (id, _state, context) =>
    removeWhenFree(() => context.client(ECSClient).send(new DeleteClusterCommand({ cluster: id })), context, id),
});

/** A deleted cluster stays visible as INACTIVE. */
async function describe(cluster: string, context: HandlerContext): Promise<Cluster | undefined> {
  const command = new DescribeClustersCommand({ clusters: [cluster], include: ["SETTINGS", "CONFIGURATIONS", "TAGS"] });
  const found = (await orMissing(context.client(ECSClient).send(command)))?.clusters?.[0];
  return found?.status === "INACTIVE" ? undefined : found;
}
