/** What `valueFrom` of a secret says (ECS developer guide, secrets-envvar-secrets-manager and -ssm-paramstore). */
export type SecretReference =
  | {
      readonly kind: "secret";
      /** ARN of the secret, without what follows it. */
      readonly arn: string;
      readonly account: string;
      readonly region: string;
      readonly jsonKey: string | undefined;
      readonly stage: string | undefined;
      readonly version: string | undefined;
    }
  | {
      readonly kind: "parameter";
      /** As the definition has it. */
      readonly given: string;
      /** Names it may have: `parameter/a` is the ARN of `a` as well as of `/a`. */
      readonly names: readonly string[];
      readonly account: string | undefined;
      readonly region: string | undefined;
    };

/** Parts of a secret's ARN: `arn:aws:secretsmanager:<region>:<account>:secret:<name>`. */
const arnParts = 7;

export function secretReference(valueFrom: string): SecretReference {
  const parts = valueFrom.split(":");
  const [, , service, region = "", account = "", resource = ""] = parts;
  if (parts[0] === "arn" && service === "secretsmanager") {
    const [jsonKey, stage, version] = parts.slice(arnParts);
    return {
      kind: "secret",
      arn: parts.slice(0, arnParts).join(":"),
      account,
      region,
      jsonKey: jsonKey || undefined,
      stage: stage || undefined,
      version: version || undefined,
    };
  }
  if (parts[0] !== "arn") {
    return { kind: "parameter", given: valueFrom, names: [valueFrom], account: undefined, region: undefined };
  }
  const path = resource.replace(/^parameter/, "");
  const names = path.indexOf("/", 1) > 0 ? [path] : [path.slice(1), path];
  return { kind: "parameter", given: valueFrom, names, account, region };
}
