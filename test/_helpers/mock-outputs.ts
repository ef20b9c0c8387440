import { asSecret, type Properties } from "./recorded";

/** Account and region in which the mocked resources live. */
export const mockAccount = "686831565523";
export const mockRegion = "eu-central-1";

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
}

type Outputs = (resource: Resource) => Properties;

/** Outputs that cannot be derived from type and name alone. */
const special: Readonly<Record<string, Outputs>> = {
  "aws:lb/loadBalancer:LoadBalancer": (lb) => ({
    arn: arn("elasticloadbalancing", `loadbalancer/app/${physicalName(lb)}/50dc6c495c0c9188`),
    arnSuffix: `app/${physicalName(lb)}/50dc6c495c0c9188`,
    dnsName: `${physicalName(lb)}-1234567890.${mockRegion}.elb.amazonaws.com`,
    zoneId: "Z215JYRZR1TBD5",
  }),
  "aws:lb/targetGroup:TargetGroup": (group) => ({
    arn: arn("elasticloadbalancing", `targetgroup/${physicalName(group)}/73e2d6bc24d8a067`),
    arnSuffix: `targetgroup/${physicalName(group)}/73e2d6bc24d8a067`,
  }),
  "aws:lb/listener:Listener": ({ name }) => ({
    arn: arn("elasticloadbalancing", `listener/app/lb/50dc6c495c0c9188/${name}`),
  }),
  "aws:lb/listenerRule:ListenerRule": ({ name }) => ({
    arn: arn("elasticloadbalancing", `listener-rule/app/lb/50dc6c495c0c9188/listener/${name}`),
  }),
  "aws:rds/instance:Instance": (instance) => {
    const address = `${physicalName(instance)}.c9akciq32rgv.${mockRegion}.rds.amazonaws.com`;
    return { address, endpoint: `${address}:5432`, port: 5432, arn: arn("rds", `db:${physicalName(instance)}`) };
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": () => ({ prefixListId: "pl-6ea54007" }),
  "aws:secretsmanager/secret:Secret": (secret) => ({
    arn: arn("secretsmanager", `secret:${physicalName(secret)}-AbCdEf`),
  }),
  "aws:cloudwatch/logGroup:LogGroup": (group) => ({ arn: arn("logs", `log-group:${physicalName(group)}`) }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": (alarm) => ({ arn: arn("cloudwatch", `alarm:${physicalName(alarm)}`) }),
  "aws:sns/topic:Topic": (topic) => ({ arn: arn("sns", physicalName(topic)) }),
  "aws:iam/role:Role": (role) => ({ arn: `arn:aws:iam::${mockAccount}:role/${physicalName(role)}` }),
  "aws:iam/policy:Policy": (policy) => ({ arn: `arn:aws:iam::${mockAccount}:policy/${physicalName(policy)}` }),
  "aws:ecs/taskDefinition:TaskDefinition": ({ inputs }) => ({
    arn: arn("ecs", `task-definition/${String(inputs["family"])}:1`),
    arnWithoutRevision: arn("ecs", `task-definition/${String(inputs["family"])}`),
    revision: 1,
  }),
  "random:index/randomPassword:RandomPassword": ({ inputs }) => ({
    result: asSecret("Aa1#".repeat(16).slice(0, Number(inputs["length"]))),
  }),
  "random:index/randomId:RandomId": ({ inputs }) => ({
    hex: `${text(inputs["prefix"])}${"5a1d0c3e".repeat(8).slice(0, 2 * Number(inputs["byteLength"]))}`,
  }),
  "awsx:ec2:Vpc": vpcOutputs,
};

/** What a provider would answer for a new resource: enough for the outputs of our components to resolve. */
export function mockOutputs(resource: Resource): Properties {
  const [provider = "", module = ""] = resource.type.split(":");
  const kind = (module.split("/")[1] ?? module).toLowerCase();
  const general =
    provider === "aws"
      ? { name: physicalName(resource), arn: arn(module.split("/")[0] ?? module, `${kind}/${physicalName(resource)}`) }
      : {};
  return { ...general, ...special[resource.type]?.(resource) };
}

function vpcOutputs({ name, inputs }: Resource): Properties {
  const zones = Array.from({ length: Number(inputs["numberOfAvailabilityZones"] ?? 3) }, (_, index) => index + 1);
  const ids = (tier: string): string[] => zones.map((zone) => `subnet-${name}-${tier}-${zone}`);
  const tiers = ["public", "private", "isolated"];
  return {
    vpcId: `vpc-${name}`,
    vpc: { id: `vpc-${name}`, cidrBlock: inputs["cidrBlock"] },
    publicSubnetIds: ids("public"),
    privateSubnetIds: ids("private"),
    isolatedSubnetIds: ids("isolated"),
    routeTables: tiers.flatMap((tier) => zones.map((zone) => ({ id: `rtb-${name}-${tier}-${zone}` }))),
    natGateways: [],
  };
}

function physicalName({ name, inputs }: Resource): string {
  return text(inputs["name"] ?? inputs["identifier"]) || name;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${mockRegion}:${mockAccount}:${resource}`;
