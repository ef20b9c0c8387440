import {
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import type { HandlerContext } from "../../handler";
import { defineHandler } from "../define-handler";
import { errorCode, orMissing } from "../missing";

interface SecretVersionInputs {
  readonly secretId: string;
  readonly secretString?: string;
  /** Base64. */
  readonly secretBinary?: string;
  readonly versionStages?: readonly string[];
}

/** `aws:secretsmanager/secretVersion:SecretVersion`; its id is `<secret id>|<version id>`. */
export const secretVersion = defineHandler<SecretVersionInputs>({
  async create(inputs, context) {
    const { secretId, secretString, secretBinary, versionStages } = inputs;
    const { VersionId = "" } = await context.client(SecretsManagerClient).send(
      new PutSecretValueCommand({
        SecretId: secretId,
        SecretString: secretString,
        SecretBinary: secretBinary ? Buffer.from(secretBinary, "base64") : undefined,
        VersionStages: versionStages && [...versionStages],
      }),
    );
    return `${secretId}|${VersionId}`;
  },

  async find(id, _known, context) {
    const { SecretId, VersionId } = keyOf(id);
    const found = await valueOf(SecretId, VersionId, context);
    if (!found) return undefined;
    return {
      arn: found.ARN,
      secretId: SecretId,
      secretArn: found.ARN,
      versionId: VersionId,
      versionStages: found.VersionStages ?? [],
      secretString: found.SecretString,
      secretBinary: found.SecretBinary && Buffer.from(found.SecretBinary).toString("base64"),
    };
  },

  async change(id, state, inputs, context) {
    const { SecretId, VersionId } = keyOf(id);
    const [old, wanted] = [state.versionStages ?? [], inputs.versionStages ?? ["AWSCURRENT"]];
    for (const VersionStage of wanted.filter((stage) => !old.includes(stage))) {
      const holder = await holderOf(SecretId, VersionStage, context);
      const command = new UpdateSecretVersionStageCommand({
        SecretId,
        VersionStage,
        MoveToVersionId: VersionId,
        RemoveFromVersionId: holder,
      });
      await context.client(SecretsManagerClient).send(command);
    }
    await dropStages(
      id,
      old.filter((stage) => !wanted.includes(stage)),
      context,
    );
  },

  /** AWS deletes no versions: without a stage one fades away, and the current one stays until its successor comes. */
  async remove(id, _state, context) {
    const { SecretId, VersionId } = keyOf(id);
    const found = await valueOf(SecretId, VersionId, context);
    await dropStages(id, found?.VersionStages ?? [], context);
  },
});

function keyOf(id: string): { readonly SecretId: string; readonly VersionId: string } {
  const at = id.lastIndexOf("|");
  return { SecretId: id.slice(0, at), VersionId: id.slice(at + 1) };
}

/** A secret that waits for its deletion answers InvalidRequestException. */
async function valueOf(SecretId: string, VersionId: string, context: HandlerContext) {
  try {
    const command = new GetSecretValueCommand({ SecretId, VersionId });
    return await orMissing(context.client(SecretsManagerClient).send(command));
  } catch (error) {
    if (errorCode(error) === "InvalidRequestException") return undefined;
    throw error;
  }
}

async function holderOf(SecretId: string, stage: string, context: HandlerContext): Promise<string | undefined> {
  const { Versions = [] } = await context
    .client(SecretsManagerClient)
    .send(new ListSecretVersionIdsCommand({ SecretId }));
  return Versions.find(({ VersionStages }) => VersionStages?.includes(stage))?.VersionId;
}

async function dropStages(id: string, stages: readonly string[], context: HandlerContext): Promise<void> {
  const { SecretId, VersionId } = keyOf(id);
  for (const VersionStage of stages.filter((stage) => stage !== "AWSCURRENT")) {
    const command = new UpdateSecretVersionStageCommand({ SecretId, VersionStage, RemoveFromVersionId: VersionId });
    await orMissing(context.client(SecretsManagerClient).send(command));
  }
}
