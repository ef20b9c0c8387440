import { nearest } from "../../infra/config/nearest";
import type { StackConfig } from "../../infra/config/schema";
import { usageError } from "../model/errors";
import type { Report } from "../model/report";
import type { Consent } from "../stack/ask-first";
import type { LockOptions } from "../stack/changing";
import { beginReleases, type BeginContext } from "./begin";
import { planningOf, type ReleaseWords } from "./release";

export interface RestartOptions extends ReleaseWords, Consent, LockOptions {
  /** @default every service */
  readonly services: readonly string[];
  /** @default "parallel" */
  readonly order?: "parallel" | "sequential" | undefined;
}

/** Starts all tasks of services anew, with nothing else changed: for a rotated secret, or tasks that are not well. */
export async function restart(context: BeginContext, options: RestartOptions): Promise<Report> {
  const services = servicesNamed(context.config, options.services);
  return beginReleases(context, {
    command: "restart",
    services,
    wanted: () => services.map((service) => ({ kind: "restart", service })),
    planning: planningOf(options),
    options,
    order: options.order ?? "parallel",
    allOrNothing: false,
    reason: options.reason,
    asked: { services, reason: options.reason },
  });
}

/** @throws SlipwayError `usage` (exit 2) for a name that is no service */
export function servicesNamed(
  { services }: Pick<StackConfig, "services">,
  names: readonly string[],
): readonly string[] {
  const known = Object.keys(services);
  const wanted = names.length === 0 ? known : [...new Set(names)];
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length === 0) return wanted;
  const meant = nearest(unknown[0] ?? "", known);
  throw usageError(
    `There is no service ${unknown.map((name) => `"${name}"`).join(", ")}: there is ${known.join(", ")}. Nothing was changed.`,
    meant === undefined ? "Name one of them." : `Did you mean \`${meant}\`?`,
  );
}
