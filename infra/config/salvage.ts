import type { z } from "zod";
import type { Path } from "./fault";
import { stackConfigSchema, type StackConfig } from "./schema";

type Group = Record<PropertyKey, unknown>;

/**
 * What takes the place of an area that has faults and no defaults to fall back to: values that no rule between areas
 * minds. Areas that are not here are left out.
 */
const standIns: Readonly<Record<string, (area: unknown) => unknown>> = {
  system: () => "x",
  environment: () => "x",
  account: () => ({ id: "0".repeat(12) }),
  network: () => {
    const subnets = ["subnet-0", "subnet-1"];
    return { mode: "adopt", vpcId: "vpc-0", publicSubnetIds: subnets, privateSubnetIds: subnets };
  },
  database: (area) => (area === undefined ? undefined : { instanceClass: "db.t3.micro", name: "x", username: "x" }),
  loadBalancer: (area) => (area === undefined ? undefined : { scheme: "internal", http: "forward" }),
  secrets: (area) => (isGroup(area) ? Object.fromEntries(Object.keys(area).map((name) => [name, {}])) : undefined),
  services: () => ({}),
};

/**
 * A configuration that is valid as far as it goes: values with a fault give way to their defaults, and services that
 * have none to give are left out. It is for looking at the rest only, so that one run tells all faults.
 */
export function salvage(
  raw: Readonly<Record<string, unknown>>,
  issues: readonly z.core.$ZodIssue[],
): StackConfig | undefined {
  const copy: Group = structuredClone(raw);
  for (const issue of issues) {
    if (issue.code === "unrecognized_keys") for (const key of issue.keys) remove(copy, [...issue.path, key]);
    else remove(copy, issue.path);
  }
  dropServices(copy);
  replaceAreas(copy, raw);
  const parsed = stackConfigSchema.safeParse(copy);
  return parsed.success ? parsed.data : undefined;
}

function dropServices(copy: Group): void {
  for (const { path } of issuesOf(copy)) if (path[0] === "services" && path.length > 1) remove(copy, path.slice(0, 2));
}

function replaceAreas(copy: Group, raw: Readonly<Record<string, unknown>>): void {
  for (const { path } of issuesOf(copy)) {
    const area = String(path[0]);
    copy[area] = standIns[area]?.(raw[area]);
  }
}

const issuesOf = (config: Group): readonly z.core.$ZodIssue[] =>
  stackConfigSchema.safeParse(config).error?.issues ?? [];

function remove(root: unknown, path: Path): void {
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce<unknown>((value, step) => (isGroup(value) ? value[step] : undefined), root);
  // An entry of a list stays: without it the ones behind would be called by another number.
  if (last !== undefined && isGroup(parent) && !Array.isArray(parent)) delete parent[last];
}

const isGroup = (value: unknown): value is Group => typeof value === "object" && value !== null;
