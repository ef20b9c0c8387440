/** An input that the provider refuses at preview, where it shows and in which words. */
export interface RefusedInputs {
  readonly name: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly at: string;
  readonly reason: string;
}

export const targetGroup = { port: 80, protocol: "HTTP", vpcId: "vpc-1" };
export const listener = { loadBalancerArn: "arn:aws:lb", port: 80 };
export const rule = { listenerArn: "arn:aws:l", conditions: [{ pathPattern: { values: ["/*"] } }] };
export const service = { taskDefinition: "web:1", cluster: "c" };
export const database = {
  instanceClass: "db.t4g.micro",
  engine: "postgres",
  allocatedStorage: 20,
  username: "app",
  password: "x",
};

/** One case for each kind of rule. */
export const refused: readonly RefusedInputs[] = [
  {
    name: "a required property that is missing",
    type: "aws:iam/role:Role",
    inputs: {},
    at: "assumeRolePolicy",
    reason: 'Missing required argument. The argument "assumeRolePolicy" is required, but no definition was found.',
  },
  {
    name: "a required property of a list item",
    type: "aws:ecs/service:Service",
    inputs: { ...service, loadBalancers: [{ containerName: "web", containerPort: 80 }, { containerName: "web" }] },
    at: "loadBalancers[1].containerPort",
    reason:
      'Missing required argument. The argument "loadBalancers[1].containerPort" is required, but no definition was found.',
  },
  {
    name: "a value that is none of the allowed",
    type: "aws:ecs/service:Service",
    inputs: { ...service, launchType: "LAMBDA" },
    at: "launchType",
    reason: 'expected launchType to be one of ["EC2","FARGATE","EXTERNAL","MANAGED_INSTANCES"], got "LAMBDA"',
  },
  {
    name: "a number out of range",
    type: "aws:rds/instance:Instance",
    inputs: { ...database, backupRetentionPeriod: 36 },
    at: "backupRetentionPeriod",
    reason: "expected backupRetentionPeriod to be in the range (0 - 35), got 36",
  },
  {
    name: "a number between the single value and the range",
    type: "aws:lb/targetGroup:TargetGroup",
    inputs: { ...targetGroup, slowStart: 20 },
    at: "slowStart",
    reason: "expected slowStart to be one of [0] or in the range (30 - 900), got 20",
  },
  {
    name: "a number that is no multiple",
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    inputs: {
      metricName: "m",
      statistic: "Sum",
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      period: 90,
    },
    at: "period",
    reason: "expected period to be one of [10,20,30] or a multiple of 60, got 90",
  },
  {
    name: "a name that is too long",
    type: "aws:lb/targetGroup:TargetGroup",
    inputs: { ...targetGroup, name: "a".repeat(33) },
    at: "name",
    reason: `expected length of name to be in the range (0 - 32), got "${"a".repeat(33)}"`,
  },
  {
    name: "a name with a character that AWS does not take",
    type: "aws:rds/instance:Instance",
    inputs: { ...database, identifier: "App" },
    at: "identifier",
    reason: 'invalid value for identifier (must match ^[a-z](?!.*--)(?:[0-9a-z-]*[0-9a-z])?$), got "App"',
  },
  {
    name: "too many items",
    type: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    inputs: { alarmName: "a", alarmRule: "TRUE", alarmActions: ["a", "b", "c", "d", "e", "f"] },
    at: "alarmActions",
    reason: 'expected alarmActions to have at most 5 item(s), got ["a","b","c","d","e","f"]',
  },
  {
    name: "a network with host bits",
    type: "aws:ec2/subnet:Subnet",
    inputs: { vpcId: "vpc-1", cidrBlock: "10.0.0.1/24" },
    at: "cidrBlock",
    reason: 'expected cidrBlock to be an IPv4 network address in CIDR form (host bits zero), got "10.0.0.1/24"',
  },
  {
    name: "a document that is no JSON",
    type: "aws:ecs/taskDefinition:TaskDefinition",
    inputs: { family: "web", containerDefinitions: "[" },
    at: "containerDefinitions",
    reason: 'containerDefinitions contains an invalid JSON, got "["',
  },
  {
    name: "two properties that exclude each other",
    type: "aws:rds/instance:Instance",
    inputs: { ...database, manageMasterUserPassword: true },
    at: "manageMasterUserPassword",
    reason: '"manageMasterUserPassword": conflicts with password',
  },
  {
    name: "two of which exactly one may be given",
    type: "aws:lb/loadBalancer:LoadBalancer",
    inputs: { subnets: ["a", "b"], subnetMappings: [{ subnetId: "a" }] },
    at: "subnets",
    reason:
      '"subnets": only one of `subnets,subnetMappings` can be specified, but `subnets,subnetMappings` were specified.',
  },
  {
    name: "none where exactly one is needed",
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    inputs: { securityGroupId: "sg-1", ipProtocol: "-1" },
    at: "cidrIpv4",
    reason: "one of `cidrIpv4,cidrIpv6,prefixListId,referencedSecurityGroupId` must be specified",
  },
  {
    name: "a property without the one it needs",
    type: "aws:secretsmanager/secretVersion:SecretVersion",
    inputs: { secretId: "s", secretStringWo: "x" },
    at: "secretStringWo",
    reason: '"secretStringWo": `secretStringWo,secretStringWoVersion` must be specified together',
  },
  {
    name: "a property that another one's value asks for",
    type: "aws:lb/targetGroup:TargetGroup",
    inputs: { port: 80, protocol: "HTTP" },
    at: "vpcId",
    reason: '"vpcId" is required when targetType is not lambda',
  },
  {
    name: "a block that its item's type asks for",
    type: "aws:lb/listener:Listener",
    inputs: { ...listener, defaultActions: [{ type: "redirect" }] },
    at: "defaultActions[0].redirect",
    reason: '"defaultActions[0].redirect" is required when type is redirect',
  },
  {
    name: "an action that forwards nowhere",
    type: "aws:lb/listenerRule:ListenerRule",
    inputs: { ...rule, actions: [{ type: "forward" }] },
    at: "actions[0].targetGroupArn",
    reason: "one of `actions[0].targetGroupArn,actions[0].forward` must be specified",
  },
  {
    name: "a value that another property forces",
    type: "aws:sns/topic:Topic",
    inputs: { contentBasedDeduplication: true },
    at: "fifoTopic",
    reason: '"fifoTopic" must be true when contentBasedDeduplication is set (preview error otherwise)',
  },
  {
    name: "a password shorter than its classes",
    type: "random:index/randomPassword:RandomPassword",
    inputs: { length: 3, minUpper: 2, minSpecial: 2 },
    at: "length",
    reason: "expected length to be at least minUpper + minLower + minNumeric + minSpecial (4), got 3",
  },
];
