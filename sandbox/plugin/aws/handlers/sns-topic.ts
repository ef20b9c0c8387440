import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  SetTopicAttributesCommand,
  SNSClient,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-sns";
import type { HandlerContext } from "../../handler";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";
import { foundTags, fromTagList, retag, tagList, type Tagged, type Tags } from "../tags";

interface TopicInputs extends Tagged {
  readonly name: string;
  readonly displayName?: string;
  readonly kmsMasterKeyId?: string;
  readonly policy?: string;
  readonly deliveryPolicy?: string;
  readonly fifoTopic?: boolean;
  readonly contentBasedDeduplication?: boolean;
}

/** Attributes by Pulumi property; all of them change in place. */
const attributes = {
  displayName: "DisplayName",
  kmsMasterKeyId: "KmsMasterKeyId",
  policy: "Policy",
  deliveryPolicy: "DeliveryPolicy",
} as const satisfies Partial<Record<keyof TopicInputs, string>>;

/** `aws:sns/topic:Topic` */
export const snsTopic = defineHandler<TopicInputs>({
  async create(inputs, context) {
    const Tags = tagList(inputs.tagsAll);
    const fifo = inputs.fifoTopic
      ? {
          Attributes: {
            FifoTopic: "true",
            ContentBasedDeduplication: String(inputs.contentBasedDeduplication ?? false),
          },
        }
      : {};
    const { TopicArn = "" } = await context
      .client(SNSClient)
      .send(new CreateTopicCommand({ Name: inputs.name, ...fifo, ...(Tags.length > 0 ? { Tags } : {}) }));
    return TopicArn;
  },

  complete: (id, inputs, context) => setAttributes(id, {}, inputs, context),

  async find(id, known, context) {
    const answer = await orMissing(context.client(SNSClient).send(new GetTopicAttributesCommand({ TopicArn: id })));
    const found = answer?.Attributes;
    if (!found) return undefined;
    return {
      arn: id,
      name: id.slice(id.lastIndexOf(":") + 1),
      owner: found.Owner ?? context.account,
      displayName: found.DisplayName === "" ? undefined : found.DisplayName,
      kmsMasterKeyId: found.KmsMasterKeyId,
      fifoTopic: found.FifoTopic === "true",
      contentBasedDeduplication: found.ContentBasedDeduplication === "true",
      // A TopicPolicy resource writes the policy later on; then it is not this resource's.
      ...(known.policy ? { policy: found.Policy } : {}),
      ...(known.deliveryPolicy ? { deliveryPolicy: found.DeliveryPolicy } : {}),
      ...foundTags(known, await tagsOf(id, context)),
    };
  },

  async change(id, state, inputs, context) {
    await setAttributes(id, state, inputs, context);
    const sns = context.client(SNSClient);
    await retag(state, inputs, {
      put: (tags) => sns.send(new TagResourceCommand({ ResourceArn: id, Tags: tagList(tags) })),
      drop: (TagKeys) => sns.send(new UntagResourceCommand({ ResourceArn: id, TagKeys })),
    });
  },

  async remove(id, _state, context) {
    await orMissing(context.client(SNSClient).send(new DeleteTopicCommand({ TopicArn: id })));
  },
});

async function setAttributes(
  TopicArn: string,
  before: Partial<TopicInputs>,
  inputs: TopicInputs,
  context: HandlerContext,
): Promise<void> {
  for (const [property, AttributeName] of Object.entries(attributes) as [keyof typeof attributes, string][]) {
    if (isSame(before[property], inputs[property])) continue;
    const command = new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue: inputs[property] ?? "" });
    await context.client(SNSClient).send(command);
  }
}

async function tagsOf(ResourceArn: string, context: HandlerContext): Promise<Tags> {
  return fromTagList((await context.client(SNSClient).send(new ListTagsForResourceCommand({ ResourceArn }))).Tags);
}
