import type { Moto } from "../model/moto";
import { badFault } from "./fault-request";
import type { FaultActions } from "./fault-actions";

/** The actions that need nothing but what moto keeps: databases, images and secrets. */
export function cloudActions(
  moto: Moto,
): Pick<FaultActions, "stopDatabase" | "deleteImage" | "deleteSecret" | "dropSecretKey"> {
  return {
    async stopDatabase(scope, DBInstanceIdentifier) {
      await moto.query(scope, "rds", { Action: "StopDBInstance", Version: "2014-10-31", DBInstanceIdentifier });
    },
    async deleteImage(scope, repositoryName, imageTag) {
      const target = "AmazonEC2ContainerRegistry_V20150921.BatchDeleteImage";
      const answer = await moto.call(scope, "ecr", target, { repositoryName, imageIds: [{ imageTag }] });
      const [failure] = (answer["failures"] ?? []) as readonly { readonly failureReason?: string }[];
      if (failure) throw badFault(`${repositoryName}:${imageTag}: ${failure.failureReason ?? "not deleted"}`);
    },
    async deleteSecret(scope, SecretId) {
      // Deleting by force what is not there is no error for AWS.
      await moto.call(scope, "secretsmanager", "secretsmanager.DescribeSecret", { SecretId });
      const input = { SecretId, ForceDeleteWithoutRecovery: true };
      await moto.call(scope, "secretsmanager", "secretsmanager.DeleteSecret", input);
    },
    async dropSecretKey(scope, SecretId, key, to) {
      const answer = await moto.call(scope, "secretsmanager", "secretsmanager.GetSecretValue", { SecretId });
      const { [key]: value, ...others } = fieldsOf(answer["SecretString"], SecretId);
      if (value === undefined) throw badFault(`${SecretId} has no ${key}; it has ${Object.keys(others).join(", ")}.`);
      const SecretString = JSON.stringify(to === undefined ? others : { ...others, [to]: value });
      await moto.call(scope, "secretsmanager", "secretsmanager.PutSecretValue", { SecretId, SecretString });
    },
  };
}

function fieldsOf(text: unknown, name: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = typeof text === "string" ? JSON.parse(text) : undefined;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw badFault(`${name} is not JSON, so it has no keys.`);
}
