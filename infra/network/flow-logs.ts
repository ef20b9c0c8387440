import * as pulumi from "@pulumi/pulumi";
import * as aws from "../aws";

export interface FlowLogsArgs {
  readonly accountId: string;
  readonly vpcId: pulumi.Input<string>;
  readonly traffic: "ALL" | "ACCEPT" | "REJECT";
  readonly retentionDays: number;
}

/** Records who talked to whom in the VPC, in a log group that only the flow log's own role writes to. */
export function makeFlowLogs(name: string, args: FlowLogsArgs, parent: pulumi.Resource): void {
  const group = new aws.cloudwatch.LogGroup(name, { retentionInDays: args.retentionDays }, { parent });
  const role = new aws.iam.Role(
    `${name}-role`,
    {
      description: "Writes VPC flow logs",
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Principal: { Service: "vpc-flow-logs.amazonaws.com" },
            // Otherwise a flow log of another account could make the service write here in its name.
            Condition: { StringEquals: { "aws:SourceAccount": args.accountId } },
          },
        ],
      }),
    },
    { parent },
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-policy`,
    { role: role.id, policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: writeTo(group.arn) }) },
    { parent },
  );
  new aws.ec2.FlowLog(
    name,
    {
      vpcId: args.vpcId,
      trafficType: args.traffic,
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
    },
    // Without its policy the flow log begins in the state "access error".
    { parent, dependsOn: [policy] },
  );
}

const writeTo = (groupArn: pulumi.Output<string>): readonly object[] => [
  {
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
    Resource: [groupArn, pulumi.interpolate`${groupArn}:*`],
  },
  // Listing has no narrower resource.
  { Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: "*" },
];
