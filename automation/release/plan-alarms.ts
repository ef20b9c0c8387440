import type { Fault } from "../../infra/config/fault";
import { nearest } from "../../infra/config/nearest";
import type { ServiceConfig } from "../../infra/config/schema";
import type { Context } from "../context";
import type { IgnoredAlarm } from "../model/release/plan";
import type { PlanOptions } from "./plan-options";
import type { StackFacts } from "./stack-facts";

/** The release alarms of a service: those the stack has made for it, and the further ones of its configuration. */
export const alarmsOf = (
  service: string,
  { release }: Pick<ServiceConfig, "release">,
  { releaseAlarms }: Pick<StackFacts, "releaseAlarms">,
): readonly string[] => [...new Set([...(releaseAlarms[service] ?? []), ...release.alarms])];

/**
 * What is wrong with `--ignore-alarm`.
 *
 * @param alarms release alarms of all services of the command
 */
export function ignoredAlarmFaults(
  { ignoreAlarms = [], reason }: Pick<PlanOptions, "ignoreAlarms" | "reason">,
  alarms: readonly string[],
): readonly Fault[] {
  const unknown = ignoreAlarms.filter((name) => !alarms.includes(name));
  return [
    ...unknown.map((name): Fault => {
      const meant = nearest(name, alarms);
      return {
        path: "--ignore-alarm",
        found: `alarm ${JSON.stringify(name)}`,
        allowed: alarms.length === 0 ? "nothing: no alarm stops this release" : `one of ${alarms.join(", ")}`,
        remedy: meant === undefined ? "Leave it out: it does not stop this release." : `Did you mean \`${meant}\`?`,
      };
    }),
    ...(ignoreAlarms.length > 0 && (reason ?? "").trim() === ""
      ? [
          {
            path: "--reason",
            found: "nothing, with --ignore-alarm",
            allowed: "why the alarm does not matter here; it is recorded",
            remedy: 'Add for example `--reason "INC-204: known, not ours"`.',
          },
        ]
      : []),
  ];
}

/** The alarms among these that are not judged, each with the reason that is recorded. */
export async function ignoredAlarms(
  { metrics }: Pick<Context, "metrics">,
  names: readonly string[],
  { ignoreAlarms = [], reason = "", firingAlarms = "judged" }: Omit<PlanOptions, "words">,
): Promise<readonly IgnoredAlarm[]> {
  const named = names.filter((name) => ignoreAlarms.includes(name)).map((name) => ({ name, reason }));
  const rest = names.filter((name) => !ignoreAlarms.includes(name));
  if (firingAlarms === "judged" || rest.length === 0) return named;
  const firing = (await metrics.alarms(rest)).filter(({ state }) => state === "ALARM");
  return [...named, ...firing.map(({ name }) => ({ name, reason: firedBefore }))];
}

const firedBefore = "it fired already when this began";
