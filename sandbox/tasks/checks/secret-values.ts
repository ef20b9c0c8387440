import { randomUUID } from "node:crypto";
import { AwsFault } from "../../model/aws-fault";
import type { Moto } from "../../model/moto";
import type { Scope } from "../../model/scope";
import type { ContainerDefinition } from "../definition";
import { pickJsonKey } from "./json-key";
import { secretReference, type SecretReference } from "./secret-reference";
import { failedToStart, type StartFailure } from "./start-failure";

/** Environment from secrets, by name of the variable. Nothing that is told or logged may hold its values. */
export type SecretValues = ReadonlyMap<string, string>;

type Read<T> = { readonly kind: "read"; readonly value: T } | { readonly kind: "failed"; readonly text: string };

/** Reads the secrets of a container as the agent does before a container is created. */
export async function secretValues(
  moto: Moto,
  scope: Scope,
  { secrets }: ContainerDefinition,
): Promise<SecretValues | StartFailure> {
  const values = new Map<string, string>();
  for (const { name, valueFrom } of secrets) {
    const reference = secretReference(valueFrom);
    const read = await (reference.kind === "secret"
      ? fromSecret(moto, reference)
      : fromParameter(moto, scope, reference));
    if (read.kind === "failed") return failedToStart(read.text);
    values.set(name, read.value);
  }
  return values;
}

async function fromSecret(moto: Moto, reference: Extract<SecretReference, { kind: "secret" }>): Promise<Read<string>> {
  const { arn, jsonKey, stage, version } = reference;
  const answer = await ask(moto, reference, "secretsmanager", "secretsmanager.GetSecretValue", {
    SecretId: arn,
    ...(version === undefined ? {} : { VersionId: version }),
    ...(stage === undefined ? {} : { VersionStage: stage }),
  });
  if (answer.kind === "failed")
    return failed(asm(`failed to fetch secret ${arn} from secrets manager: ${answer.text}`));
  const text = answer.value["SecretString"];
  if (typeof text !== "string") return failed(asm(`secret ${arn} has no SecretString`));
  if (jsonKey === undefined) return { kind: "read", value: text };
  const picked = pickJsonKey(text, jsonKey);
  return picked.kind === "wrong" ? failed(asm(picked.why)) : { kind: "read", value: picked.value };
}

async function fromParameter(
  moto: Moto,
  scope: Scope,
  { given, names, account, region }: Extract<SecretReference, { kind: "parameter" }>,
): Promise<Read<string>> {
  const place = { account: account ?? scope.account, region: region ?? scope.region };
  const answer = await ask(moto, place, "ssm", "AmazonSSM.GetParameters", { Names: names, WithDecryption: true });
  if (answer.kind === "failed") return failed(ssm(answer.text));
  const found = answer.value["Parameters"] as readonly { Value?: unknown }[] | undefined;
  const value = found?.[0]?.Value;
  // GetParameters never fails for unknown names: they come back as invalid.
  return typeof value === "string" ? { kind: "read", value } : failed(ssm(`invalid parameters: ${given}`));
}

async function ask(
  moto: Moto,
  place: Scope,
  service: string,
  target: string,
  input: object,
): Promise<Read<Readonly<Record<string, unknown>>>> {
  const { account, region } = place;
  try {
    return { kind: "read", value: await moto.call({ account, region }, service, target, input) };
  } catch (error) {
    if (error instanceof AwsFault) return failed(`${error.code}: ${error.message}`);
    throw error;
  }
}

const prefix =
  "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:";

const asm = (tail: string): string =>
  `${prefix} unable to retrieve secret from asm: service call has been retried 1 time(s): ${tail}`;

const ssm = (tail: string): string =>
  `${prefix} unable to retrieve secrets from ssm: service call has been retried 1 time(s): ${tail}`;

/** The execution role may read neither secret nor registry. */
export function roleDenied(scope: Scope, role: string | undefined, taskId: string, secret: string | undefined): string {
  const name = role?.split("/").at(-1) ?? "ecsTaskExecutionRole";
  const user = `User: arn:aws:sts::${scope.account}:assumed-role/${name}/${taskId} is not authorized to perform:`;
  const request = randomUUID();
  if (secret === undefined) {
    const action = "ecr:GetAuthorizationToken";
    const denied = `${user} ${action} on resource: * because no identity-based policy allows the ${action} action`;
    const retries = "unable to retrieve ecr registry auth: service call has been retried 3 time(s)";
    return `${prefix} ${retries}: AccessDeniedException: ${denied} status code: 400, request id: ${request}`;
  }
  const reference = secretReference(secret);
  const [action, resource] =
    reference.kind === "secret"
      ? ["secretsmanager:GetSecretValue", reference.arn]
      : ["ssm:GetParameters", parameterArn(scope, reference)];
  const denied = `${user} ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  if (reference.kind === "parameter") {
    return ssm(`AccessDeniedException: ${denied} status code: 400, request id: ${request}`);
  }
  const operation = "operation error Secrets Manager: GetSecretValue";
  const response = `https response error StatusCode: 400, RequestID: ${request}`;
  return asm(
    `failed to fetch secret ${resource} from secrets manager: ${operation}, ${response}, ` +
      `api error AccessDeniedException: ${denied}`,
  );
}

/** No way to the store of the secret: no NAT gateway, no endpoint, or no rule for it. */
export function secretsUnreachable({ region }: Scope, secret: string): string {
  const reference = secretReference(secret);
  if (reference.kind === "parameter") {
    const post = `Post "https://ssm.${region}.amazonaws.com/": dial tcp 52.94.0.20:443: i/o timeout`;
    return (
      `${prefix} unable to retrieve secrets from ssm: service call has been retried 5 time(s): ` +
      `RequestCanceled: request context canceled caused by: context deadline exceeded: ${post}`
    );
  }
  const post = `Post "https://secretsmanager.${region}.amazonaws.com/": dial tcp 52.94.0.30:443: i/o timeout`;
  return (
    `${prefix} unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. ` +
    `Check your task network configuration. failed to fetch secret ${reference.arn} from secrets manager: ` +
    `RequestCanceled: request context canceled caused by: context deadline exceeded: ${post}`
  );
}

function parameterArn(scope: Scope, reference: Extract<SecretReference, { kind: "parameter" }>): string {
  if (reference.given.startsWith("arn:")) return reference.given;
  return `arn:aws:ssm:${scope.region}:${scope.account}:parameter/${reference.given.replace(/^\//, "")}`;
}

const failed = (text: string): { readonly kind: "failed"; readonly text: string } => ({ kind: "failed", text });
