import { isGiven } from "./property-path";
import { isRecord, unknown } from "./property-value";

type Bag = Readonly<Record<string, unknown>>;

/** Whether a change that the facts call conditional replaces the resource. `property` is the one that changed. */
export type ReplacementRule = (property: string, old: Bag, next: Bag) => boolean;

/** The meaning of every condition under which a change replaces; a text that is missing here is an error. */
export const conditionalReplacement: Readonly<Record<string, ReplacementRule>> = {
  "replaces when connectivityType is private and the value was set explicitly": (property, old, next) =>
    next["connectivityType"] === "private" && isGiven(old[property]),
  "regional gateways: replaces when it goes from empty to non-empty or back (automatic <-> manual mode)": (
    property,
    old,
    next,
  ) => isGiven(old[property]) !== isGiven(next[property]),
  "replaces when assignIpv6AddressOnCreation was true before the change": (_property, old) =>
    old["assignIpv6AddressOnCreation"] === true,
  "replaces on every change except dedicated -> default": (property, old, next) =>
    !(old[property] === "dedicated" && (next[property] ?? "default") === "default"),
  "in place for Interface endpoints; replacement for other types is per the Pulumi docs": (_property, _old, next) =>
    next["vpcEndpointType"] !== "Interface",
  "network: replaces unless the set only grows (any removal or swap replaces); application: in place": (
    property,
    old,
    next,
  ) => isNetwork(next) && !onlyGrows(old[property], next[property]),
  "network: replaces unless mappings are only added; application: replaces when an existing mapping is altered": (
    property,
    old,
    next,
  ) => (isNetwork(next) ? !onlyGrows(old[property], next[property]) : altersMapping(old[property], next[property])),
  "network: replaces when going between none and some; otherwise in place; application: in place": (
    property,
    old,
    next,
  ) => isNetwork(next) && isGiven(old[property]) !== isGiven(next[property]),
  "network: replaces on decrease (Pulumi docs)": (property, old, next) =>
    isNetwork(next) && Number(next[property] ?? 0) < Number(old[property] ?? 0),
  // Old and new kind both show as a change, one from something to nothing and the other the other way.
  "replaces when the kind of source changes; a new value of the same kind is in place": (property, old, next) =>
    isGiven(old[property]) !== isGiven(next[property]),
};

function isNetwork(inputs: Bag): boolean {
  return inputs["loadBalancerType"] === "network";
}

function onlyGrows(old: unknown, next: unknown): boolean {
  const after = listOf(next).map((item) => JSON.stringify(item));
  return !listOf(next).includes(unknown) && listOf(old).every((item) => after.includes(JSON.stringify(item)));
}

function altersMapping(old: unknown, next: unknown): boolean {
  const subnetOf = (mapping: unknown): unknown => (isRecord(mapping) ? mapping["subnetId"] : mapping);
  return listOf(old).some((mapping) => {
    const successor = listOf(next).find((candidate) => subnetOf(candidate) === subnetOf(mapping));
    return successor !== undefined && JSON.stringify(successor) !== JSON.stringify(mapping);
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
