import { documentProperties, meaningOf } from "./documents";
import { factsOf } from "./facts";
import { isRecord, unknown } from "./property-value";

/** Lists whose order AWS does not keep; by name, at any depth. All others are compared item by item. */
export const unorderedLists: ReadonlySet<string> = new Set([
  "alarmActions",
  "allocationIds",
  "capacityProviderStrategies",
  "capacityProviders",
  "cidrBlocks",
  "clientIdLists",
  "conditions",
  "defaultCapacityProviderStrategies",
  "egress",
  "enabledCloudwatchLogsExports",
  "ingress",
  "insufficientDataActions",
  "ipv6CidrBlocks",
  "loadBalancers",
  "managedPolicyArns",
  "metricQueries",
  "okActions",
  "parameters",
  "prefixListIds",
  "requiresCompatibilities",
  "routeTableIds",
  "routes",
  "securityGroupIds",
  "securityGroups",
  "settings",
  "subnetIds",
  "subnetMappings",
  "subnets",
  "targetGroups",
  "thumbprintLists",
  "values",
  "versionStages",
  "volumes",
  "vpcSecurityGroupIds",
]);

/** Two ways to write one value of a property: [type, property, what a value means]. */
const spellings: readonly (readonly [string, string, (text: string) => string])[] = [
  // A cluster, role or task definition may be given by name or by ARN.
  ["aws:ecs/service:Service", "cluster", afterLastSlash],
  ["aws:ecs/service:Service", "iamRole", afterLastSlash],
  ["aws:ecs/service:Service", "taskDefinition", afterLastSlash],
  // RDS lower-cases the window.
  ["aws:rds/instance:Instance", "maintenanceWindow", (text) => text.toLowerCase()],
  ["aws:iam/openIdConnectProvider:OpenIdConnectProvider", "url", (text) => text.replace(/^https:\/\//, "")],
  ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "ipProtocol", protocolNumber],
  ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "ipProtocol", protocolNumber],
];

/**
 * Whether the provider sees no change between two values of a property. What is absent equals what is empty, false or
 * 0; numbers equal their text; documents are compared by meaning; an unknown value equals nothing.
 */
export function isSame(type: string, path: string, left: unknown, right: unknown): boolean {
  if (left === unknown || right === unknown) return false;
  return JSON.stringify(canonical(type, path, left)) === JSON.stringify(canonical(type, path, right));
}

/** The last property name of a path: `ingress[0].cidrBlocks[1]` -> `cidrBlocks`. */
export function nameOf(path: string): string {
  return /([^.[\]]+)(\[\d+\])*$/.exec(path)?.[1] ?? path;
}

function canonical(type: string, path: string, value: unknown): unknown {
  if (isBlank(value)) return null;
  // JSON has no symbols; a list that holds an unknown value must not look like one that holds nothing.
  if (value === unknown) return { unknown: path };
  if (typeof value === "string") return canonicalText(type, path, value);
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(type, `${path}[0]`, item));
    return unorderedLists.has(nameOf(path))
      ? items.sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1))
      : items;
  }
  if (!isRecord(value)) return String(value);
  const entries = Object.entries(value)
    .filter(([, item]) => !isBlank(item))
    .map(([key, item]) => [key, canonical(type, `${path}.${key}`, item)] as const);
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

function canonicalText(type: string, path: string, text: string): unknown {
  const document = documentProperties[nameOf(path)];
  const meaning = document === undefined ? undefined : meaningOf(document, text);
  if (meaning !== undefined) return meaning;
  const spelling = spellings.find(([of, property]) => of === type && property === path)?.[2];
  if (spelling !== undefined) return spelling(text);
  const pattern = path.replace(/\[\d+\]/g, "[*]");
  return factsOf(type).allowed?.[pattern]?.caseInsensitive === true ? text.toLowerCase() : text;
}

function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.values(value).every(isBlank);
}

function afterLastSlash(text: string): string {
  return text.slice(text.lastIndexOf("/") + 1);
}

function protocolNumber(text: string): string {
  const numbers: Readonly<Record<string, string>> = { icmp: "1", tcp: "6", udp: "17", icmpv6: "58", all: "-1" };
  return numbers[text.toLowerCase()] ?? text;
}
