import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Invoke } from "../../handler";

/** `aws:index/getCallerIdentity:getCallerIdentity` */
export const getCallerIdentity: Invoke = async (_args, context) => {
  const { Account, Arn, UserId } = await context.client(STSClient).send(new GetCallerIdentityCommand({}));
  return { id: Account, accountId: Account, arn: Arn, userId: UserId };
};
