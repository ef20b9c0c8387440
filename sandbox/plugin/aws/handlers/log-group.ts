import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  AssociateKmsKeyCommand,
  DescribeLogGroupsCommand,
  DisassociateKmsKeyCommand,
  ListTagsForResourceCommand,
  type LogGroup,
  type LogGroupClass,
  PutRetentionPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type { HandlerContext } from "../../handler";
import { regionalArn } from "../arn";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";
import { foundTags, retag, type Tagged, type Tags } from "../tags";

interface LogGroupInputs extends Tagged {
  readonly name: string;
  /** 0 keeps for ever. */
  readonly retentionInDays?: number;
  readonly kmsKeyId?: string;
  readonly logGroupClass?: LogGroupClass;
  readonly skipDestroy?: boolean;
}

/** `aws:cloudwatch/logGroup:LogGroup` */
export const logGroup = defineHandler<LogGroupInputs>({
  async create(inputs, context) {
    await context.client(CloudWatchLogsClient).send(
      new CreateLogGroupCommand({
        logGroupName: inputs.name,
        kmsKeyId: inputs.kmsKeyId,
        logGroupClass: inputs.logGroupClass,
        ...(Object.keys(inputs.tagsAll ?? {}).length > 0 ? { tags: { ...inputs.tagsAll } } : {}),
      }),
    );
    return inputs.name;
  },

  async complete(id, { retentionInDays }, context) {
    if (retentionInDays) await setRetention(id, retentionInDays, context);
  },

  async find(id, known, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const arn = arnOf(id, context);
    return {
      arn,
      name: found.logGroupName,
      retentionInDays: found.retentionInDays ?? 0,
      kmsKeyId: found.kmsKeyId,
      logGroupClass: found.logGroupClass ?? "STANDARD",
      ...foundTags(known, await tagsOf(arn, context)),
    };
  },

  async change(id, state, inputs, context) {
    const logs = context.client(CloudWatchLogsClient);
    if (state.retentionInDays !== inputs.retentionInDays) await setRetention(id, inputs.retentionInDays, context);
    if (state.kmsKeyId !== inputs.kmsKeyId) {
      const { kmsKeyId } = inputs;
      if (kmsKeyId) await logs.send(new AssociateKmsKeyCommand({ logGroupName: id, kmsKeyId }));
      else await logs.send(new DisassociateKmsKeyCommand({ logGroupName: id }));
    }
    const resourceArn = arnOf(id, context);
    await retag(state, inputs, {
      put: (tags) => logs.send(new TagResourceCommand({ resourceArn, tags })),
      drop: (tagKeys) => logs.send(new UntagResourceCommand({ resourceArn, tagKeys })),
    });
  },

  async remove(id, { skipDestroy }, context) {
    if (skipDestroy) return;
    await orMissing(context.client(CloudWatchLogsClient).send(new DeleteLogGroupCommand({ logGroupName: id })));
  },
});

const arnOf = (name: string, context: HandlerContext): string => regionalArn("logs", `log-group:${name}`, context);

/** AWS searches by prefix only. */
async function describe(name: string, context: HandlerContext): Promise<LogGroup | undefined> {
  const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: name });
  const { logGroups = [] } = await context.client(CloudWatchLogsClient).send(command);
  return logGroups.find(({ logGroupName }) => logGroupName === name);
}

async function tagsOf(resourceArn: string, context: HandlerContext): Promise<Tags> {
  const { tags = {} } = await context
    .client(CloudWatchLogsClient)
    .send(new ListTagsForResourceCommand({ resourceArn }));
  return tags;
}

async function setRetention(
  logGroupName: string,
  retentionInDays: number | undefined,
  context: HandlerContext,
): Promise<void> {
  const logs = context.client(CloudWatchLogsClient);
  if (retentionInDays) await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  else await logs.send(new DeleteRetentionPolicyCommand({ logGroupName }));
}
