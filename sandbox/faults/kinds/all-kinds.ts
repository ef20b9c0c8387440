import { nearest } from "../../../infra/config/nearest";
import { badFault } from "../fault-request";
import { actionKinds } from "./action-kinds";
import { apiKinds } from "./api-kinds";
import type { FaultKind } from "./kind";
import { startKinds } from "./start-kinds";
import { targetKinds } from "./target-kinds";
import { taskKinds } from "./task-kinds";

/** Every fault that there is, by name. */
export const faultKinds: Readonly<Record<string, FaultKind>> = {
  ...taskKinds,
  ...startKinds,
  ...targetKinds,
  ...apiKinds,
  ...actionKinds,
};

/** @throws AwsFault for a name that there is not */
export function faultKind(name: string): FaultKind {
  const found = Object.hasOwn(faultKinds, name) ? faultKinds[name] : undefined;
  if (found) return found;
  const meant = nearest(name, Object.keys(faultKinds));
  const there = meant === undefined ? `There is ${Object.keys(faultKinds).join(", ")}.` : `Did you mean ${meant}?`;
  throw badFault(`There is no fault "${name}". ${there}`);
}

/** The kind as it is typed: `crash-after <seconds>`, `crash-at-start [exit code]`. */
export function usageOf(name: string, { value }: FaultKind): string {
  if (!value) return name;
  return value.schema.safeParse(undefined).success ? `${name} [${value.name}]` : `${name} <${value.name}>`;
}
