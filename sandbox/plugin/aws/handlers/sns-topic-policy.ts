import { GetTopicAttributesCommand, SetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import type { HandlerContext } from "../../handler";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";
import { type PolicyInput, policyText } from "../policy-document";

interface TopicPolicyInputs {
  readonly arn: string;
  readonly policy: PolicyInput;
}

/** `aws:sns/topicPolicy:TopicPolicy`: an attribute of the topic under an id of its own. */
export const snsTopicPolicy = defineHandler<TopicPolicyInputs>({
  async create({ arn, policy }, context) {
    await setPolicy(arn, policyText(policy), context);
    return arn;
  },

  async find(id, known, context) {
    const answer = await orMissing(context.client(SNSClient).send(new GetTopicAttributesCommand({ TopicArn: id })));
    const policy = answer?.Attributes?.Policy;
    // Without a policy of ours a topic has AWS' own: then this resource is gone.
    if (!policy || (isSame(policy, defaultPolicy(id, context)) && !isSame(policy, known.policy))) return undefined;
    return { arn: id, owner: answer?.Attributes?.Owner ?? context.account, policy };
  },

  change: (id, _state, inputs, context) => setPolicy(id, policyText(inputs.policy), context),

  async remove(id, _state, context) {
    await orMissing(setPolicy(id, defaultPolicy(id, context), context));
  },
});

async function setPolicy(TopicArn: string, AttributeValue: string, context: HandlerContext): Promise<void> {
  const command = new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue });
  await context.client(SNSClient).send(command);
}

/** What AWS gives to every new topic: all to its owner, nothing to others. */
function defaultPolicy(topicArn: string, { account }: HandlerContext): string {
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "SNS:GetTopicAttributes",
          "SNS:SetTopicAttributes",
          "SNS:AddPermission",
          "SNS:RemovePermission",
          "SNS:DeleteTopic",
          "SNS:Subscribe",
          "SNS:ListSubscriptionsByTopic",
          "SNS:Publish",
        ],
        Resource: topicArn,
        Condition: { StringEquals: { "AWS:SourceOwner": account } },
      },
    ],
  });
}
