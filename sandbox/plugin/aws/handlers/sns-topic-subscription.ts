import {
  GetSubscriptionAttributesCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import type { HandlerContext } from "../../handler";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";

interface SubscriptionInputs {
  readonly topic: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly rawMessageDelivery?: boolean;
  readonly filterPolicy?: string;
  readonly filterPolicyScope?: string;
  readonly redrivePolicy?: string;
  readonly deliveryPolicy?: string;
}

/** Attributes by Pulumi property; all of them change in place. */
const attributes = {
  rawMessageDelivery: "RawMessageDelivery",
  filterPolicy: "FilterPolicy",
  filterPolicyScope: "FilterPolicyScope",
  redrivePolicy: "RedrivePolicy",
  deliveryPolicy: "DeliveryPolicy",
} as const satisfies Partial<Record<keyof SubscriptionInputs, string>>;

/** `aws:sns/topicSubscription:TopicSubscription` */
export const snsTopicSubscription = defineHandler<SubscriptionInputs>({
  async create(inputs, context) {
    const { topic: TopicArn, protocol: Protocol, endpoint: Endpoint } = inputs;
    const given = Object.entries(changes({}, inputs));
    const { SubscriptionArn = "" } = await context.client(SNSClient).send(
      new SubscribeCommand({
        TopicArn,
        Protocol,
        Endpoint,
        // Otherwise an address that has yet to confirm has no ARN to be found by.
        ReturnSubscriptionArn: true,
        ...(given.length > 0 ? { Attributes: Object.fromEntries(given) } : {}),
      }),
    );
    return SubscriptionArn;
  },

  async find(id, known, context) {
    const command = new GetSubscriptionAttributesCommand({ SubscriptionArn: id });
    const found = (await orMissing(context.client(SNSClient).send(command)))?.Attributes;
    if (!found) return undefined;
    return {
      arn: id,
      topic: found.TopicArn,
      protocol: found.Protocol,
      endpoint: found.Endpoint,
      ownerId: found.Owner ?? context.account,
      pendingConfirmation: found.PendingConfirmation === "true",
      confirmationWasAuthenticated: found.ConfirmationWasAuthenticated === "true",
      rawMessageDelivery: found.RawMessageDelivery === "true",
      filterPolicy: found.FilterPolicy,
      // AWS tells a scope of its own where there is a filter.
      ...(known.filterPolicy || known.filterPolicyScope ? { filterPolicyScope: found.FilterPolicyScope } : {}),
      redrivePolicy: found.RedrivePolicy,
      deliveryPolicy: found.DeliveryPolicy,
    };
  },

  async change(id, state, inputs, context) {
    for (const [AttributeName, AttributeValue] of Object.entries(changes(state, inputs))) {
      const command = new SetSubscriptionAttributesCommand({ SubscriptionArn: id, AttributeName, AttributeValue });
      await context.client(SNSClient).send(command);
    }
  },

  /** AWS refuses to drop an address that has not confirmed; it forgets it by itself after 48 hours. */
  async remove(id, _state, context: HandlerContext) {
    const sns = context.client(SNSClient);
    const found = await orMissing(sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: id })));
    if (!found) return;
    try {
      await orMissing(sns.send(new UnsubscribeCommand({ SubscriptionArn: id })));
    } catch (error) {
      if (found.Attributes?.PendingConfirmation !== "true") throw error;
    }
  },
});

function changes(before: Partial<SubscriptionInputs>, after: SubscriptionInputs): Readonly<Record<string, string>> {
  const changed = (Object.entries(attributes) as [keyof typeof attributes, string][]).filter(
    ([property]) => !isSame(before[property], after[property]),
  );
  return Object.fromEntries(changed.map(([property, name]) => [name, String(after[property] ?? "")]));
}
