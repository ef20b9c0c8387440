/** An IAM policy document. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

interface Statement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Principal?: { readonly Service: string };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What a task's start needs. All values are known when the policy is made. */
export interface ExecutionNeeds {
  readonly images: readonly string[];
  readonly logGroupArns: readonly string[];
  readonly secretArns: readonly string[];
  readonly parameterArns: readonly string[];
}

/** ECS may take on a role for tasks of this account and region, and not on behalf of another customer's cluster. */
export function taskTrust(place: { readonly accountId: string; readonly region: string }): PolicyDocument {
  return trust("ecs-tasks.amazonaws.com", place);
}

/** The same for ECS itself, which shifts traffic between target groups. */
export function ecsTrust(place: { readonly accountId: string; readonly region: string }): PolicyDocument {
  return trust("ecs.amazonaws.com", place);
}

/** Pull exactly these images, write exactly these logs, read exactly these secrets. */
export function executionPolicy(needs: ExecutionNeeds): PolicyDocument {
  const repositories = [...new Set(needs.images.flatMap((image) => ecrRepositoryArn(image) ?? []))].sort();
  return document([
    ...(repositories.length === 0
      ? []
      : [
          // The token is for the whole registry: IAM knows no narrower resource for it.
          allow(["ecr:GetAuthorizationToken"], ["*"]),
          allow(["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], repositories),
        ]),
    allow(
      ["logs:CreateLogStream", "logs:PutLogEvents"],
      needs.logGroupArns.map((arn) => `${arn}:*`),
    ),
    ...(needs.secretArns.length === 0 ? [] : [allow(["secretsmanager:GetSecretValue"], unique(needs.secretArns))]),
    ...(needs.parameterArns.length === 0 ? [] : [allow(["ssm:GetParameters"], unique(needs.parameterArns))]),
  ]);
}

/** The session of ECS Exec; its channels have no ARNs (ECS developer guide, "ECS Exec"). */
export const executeCommandPolicy: PolicyDocument = document([
  allow(
    [
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ],
    ["*"],
  ),
]);

/** ARN of an image's repository when it lies in the ECR of an account; nothing for other registries. */
export function ecrRepositoryArn(image: string): string | undefined {
  const match = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:@]+)/.exec(image);
  return match === null ? undefined : `arn:aws:ecr:${match[2]}:${match[1]}:repository/${match[3]}`;
}

function trust(
  service: string,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): PolicyDocument {
  return document([
    {
      Effect: "Allow",
      Action: ["sts:AssumeRole"],
      Principal: { Service: service },
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": `arn:aws:ecs:${region}:${accountId}:*` },
      },
    },
  ]);
}

function document(statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

function allow(actions: readonly string[], resources: readonly string[]): Statement {
  return { Effect: "Allow", Action: actions, Resource: resources };
}

function unique(arns: readonly string[]): string[] {
  return [...new Set(arns)].sort();
}
