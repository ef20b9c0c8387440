import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import type { HandlerContext } from "../../handler";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";
import { foundTags, fromTagList, retag, tagList, type Tagged } from "../tags";

interface SecretInputs extends Tagged {
  readonly name: string;
  readonly description?: string;
  readonly kmsKeyId?: string;
  readonly policy?: string;
  /** 0 deletes at once; otherwise 7 to 30, and the name stays taken for as long. */
  readonly recoveryWindowInDays?: number;
  readonly forceOverwriteReplicaSecret?: boolean;
}

/** `aws:secretsmanager/secret:Secret` */
export const secret = defineHandler<SecretInputs>({
  async create(inputs, context) {
    const { ARN = "" } = await context.client(SecretsManagerClient).send(
      new CreateSecretCommand({
        Name: inputs.name,
        Description: inputs.description,
        KmsKeyId: inputs.kmsKeyId,
        Tags: tagList(inputs.tagsAll),
      }),
    );
    return ARN;
  },

  async complete(id, { policy }, context) {
    if (policy) await putPolicy(id, policy, context);
  },

  async find(id, known, context) {
    const secrets = context.client(SecretsManagerClient);
    const found = await orMissing(secrets.send(new DescribeSecretCommand({ SecretId: id })));
    // A deleted secret stays visible until its recovery window ends.
    if (!found || found.DeletedDate) return undefined;
    const policy = async () => (await secrets.send(new GetResourcePolicyCommand({ SecretId: id }))).ResourcePolicy;
    return {
      arn: found.ARN,
      name: found.Name,
      description: found.Description === "" ? undefined : found.Description,
      kmsKeyId: found.KmsKeyId,
      replicas: [],
      ...(known.policy ? { policy: await policy() } : {}),
      ...foundTags(known, fromTagList(found.Tags)),
    };
  },

  async change(id, state, inputs, context) {
    const secrets = context.client(SecretsManagerClient);
    if (state.description !== inputs.description || state.kmsKeyId !== inputs.kmsKeyId) {
      const { description: Description = "", kmsKeyId: KmsKeyId } = inputs;
      await secrets.send(new UpdateSecretCommand({ SecretId: id, Description, KmsKeyId }));
    }
    if (inputs.policy === "{}") await secrets.send(new DeleteResourcePolicyCommand({ SecretId: id }));
    else if (inputs.policy && !isSame(state.policy, inputs.policy)) await putPolicy(id, inputs.policy, context);
    await retag(state, inputs, {
      put: (tags) => secrets.send(new TagResourceCommand({ SecretId: id, Tags: tagList(tags) })),
      drop: (TagKeys) => secrets.send(new UntagResourceCommand({ SecretId: id, TagKeys })),
    });
  },

  async remove(id, { recoveryWindowInDays = 30 }, context) {
    const secrets = context.client(SecretsManagerClient);
    const found = await orMissing(secrets.send(new DescribeSecretCommand({ SecretId: id })));
    if (!found || found.DeletedDate) return;
    const how =
      recoveryWindowInDays === 0
        ? { ForceDeleteWithoutRecovery: true }
        : { RecoveryWindowInDays: recoveryWindowInDays };
    await orMissing(secrets.send(new DeleteSecretCommand({ SecretId: id, ...how })));
  },
});

async function putPolicy(SecretId: string, ResourcePolicy: string, context: HandlerContext): Promise<void> {
  await context.client(SecretsManagerClient).send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy }));
}
