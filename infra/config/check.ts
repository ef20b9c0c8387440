import type { z } from "zod";
import { crossChecks } from "./cross-checks";
import type { Fault } from "./fault";
import { issueFaults } from "./issue-faults";
import { configSchemaNode } from "./json-schema";
import { salvage } from "./salvage";
import { stackConfigSchema, type StackConfig } from "./schema";

export type { Fault } from "./fault";

export type ConfigCheck =
  | { readonly kind: "ok"; readonly config: StackConfig }
  | { readonly kind: "invalid"; readonly faults: readonly Fault[] };

/** Values under `slipway:` that are only ever read as Pulumi secrets, so the schema does not know them. */
export const secretKeys: readonly string[] = ["databasePassword"];

/**
 * Checks a whole configuration and fills in the defaults.
 *
 * @param raw the keys of the namespace without `slipway:`, for example `{ system: "axonflow", account: { id: "..." } }`
 * @returns the configuration, or every fault at once
 */
export function checkConfig(raw: Readonly<Record<string, unknown>>): ConfigCheck {
  const areas = Object.fromEntries(Object.entries(raw).filter(([area]) => !secretKeys.includes(area)));
  const parsed = stackConfigSchema.safeParse(areas);
  const faults = parsed.success ? crossFaults(parsed.data) : allFaults(areas, parsed.error.issues);
  return parsed.success && faults.length === 0 ? { kind: "ok", config: parsed.data } : { kind: "invalid", faults };
}

const crossFaults = (config: StackConfig): readonly Fault[] => crossChecks.flatMap((check) => check.faults(config));

/** Faults of single values, and those between the values that are left; what only follows from the former is not told. */
function allFaults(raw: Readonly<Record<string, unknown>>, issues: readonly z.core.$ZodIssue[]): readonly Fault[] {
  const schema = configSchemaNode();
  const own = issues.flatMap((issue) => issueFaults(issue, { raw, schema, path: [] }));
  const rest = salvage(raw, issues);
  if (rest === undefined) return own;
  const told = new Set(own.map(({ path }) => path));
  return [...own, ...crossFaults(rest).filter(({ path }) => !told.has(path))];
}

/** All faults as text for people, one paragraph each. */
export function describeFaults(faults: readonly Fault[], file?: string): string {
  const head = `${file ?? "The configuration"} has ${faults.length} fault${faults.length === 1 ? "" : "s"}:`;
  const paragraphs = faults.map(({ path, found, allowed, remedy }) =>
    [`  ${path}`, `    found    ${found}`, `    allowed  ${allowed}`, `    do       ${remedy}`].join("\n"),
  );
  return [head, ...paragraphs].join("\n\n");
}
