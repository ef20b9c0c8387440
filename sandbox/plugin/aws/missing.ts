/** Error codes by which AWS says that a resource is not there. A new service adds its own. */
const missingCodes: readonly (string | RegExp)[] = [
  /^Invalid[A-Za-z]+\.NotFound$/, // EC2: InvalidVpcID.NotFound, InvalidGroup.NotFound, ...
  "InvalidAssociationID.NotFound",
  "NatGatewayNotFound",
  "InvalidFlowLogId.NotFound",
  "InvalidVpcEndpointId.NotFound",
  "InvalidSecurityGroupRuleId.NotFound",
  "InvalidNetworkInterfaceID.NotFound",
  "Gateway.NotAttached", // an internet gateway that was detached already
  "ClusterNotFoundException",
  "ServiceNotFoundException",
  "ServiceNotActiveException", // ECS: deleted services stay visible as INACTIVE
  "LoadBalancerNotFound",
  "LoadBalancerNotFoundException",
  "ListenerNotFound",
  "ListenerNotFoundException",
  "RuleNotFound",
  "RuleNotFoundException",
  "TargetGroupNotFound",
  "TargetGroupNotFoundException",
  "DBInstanceNotFound",
  "DBInstanceNotFoundFault",
  "DBSubnetGroupNotFoundFault",
  "DBParameterGroupNotFound",
  "DBParameterGroupNotFoundFault",
  "NoSuchEntity",
  "NoSuchEntityException",
  "ResourceNotFound",
  "ResourceNotFoundException", // Logs, Secrets Manager, CloudWatch
  "NotFound",
  "NotFoundException", // SNS
  "ObjectNotFoundException", // Application Auto Scaling
  "NoSuchBucket",
  "NoSuchBucketPolicy",
  "NoSuchPublicAccessBlockConfiguration",
  "NoSuchTagSet",
  "404", // S3 answers HEAD without a code
];

/** Whether AWS says by this error that the resource does not exist. */
export function isMissing(error: unknown): boolean {
  const code = errorCode(error);
  return missingCodes.some((known) => (typeof known === "string" ? known === code : known.test(code)));
}

/** AWS' code of an error; empty when it is none of AWS'. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const code = (error as { readonly Code?: unknown }).Code;
  return typeof code === "string" ? code : error.name;
}

/** The answer, or undefined when AWS says that there is no such resource. */
export async function orMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
