import type { AlarmRuleConfig } from "../config/schema";
import { alarmRules, type AlarmRule, type AlarmScope } from "./rules";

/** CloudWatch dimensions; `V` is a string where it is known and a Pulumi input where it is not. */
export type Dimensions<V> = Readonly<Record<string, V>>;

/** Something that alarms can watch: the load balancer, a target group, a service or the database. */
export interface Watched<V> {
  readonly scope: AlarmScope;
  /** Part of the alarm's name; empty where an environment has only one of the kind. */
  readonly name: string;
  /** Services whose release goes back when such an alarm stops releases. */
  readonly services: readonly string[];
  /** One for each slot; `suffix` tells their alarms apart. */
  readonly slots: readonly { readonly suffix: "" | "-green"; readonly dimensions: Dimensions<V> }[];
}

/** One alarm to declare. */
export interface AlarmPlan<V> {
  /** Logical name, behind the component's. */
  readonly key: string;
  readonly alarmName: string;
  readonly description: string;
  readonly rule: AlarmRule;
  readonly config: AlarmRuleConfig;
  /** In the unit of the metric. */
  readonly threshold: number;
  readonly services: readonly string[];
  /** More than one when several slots are watched as one. */
  readonly dimensions: readonly Dimensions<V>[];
}

export type AlarmsPlan<V> =
  | { readonly kind: "ok"; readonly alarms: readonly AlarmPlan<V>[] }
  | { readonly kind: "refused"; readonly faults: readonly string[] };

export interface AlarmsPlanInput<V> {
  readonly rules: readonly AlarmRuleConfig[];
  readonly watched: readonly Watched<V>[];
  /** First part of every alarm's name. */
  readonly prefix: string;
  /** Allocated size of the database, for limits that are a share of it. */
  readonly storageGb: number | undefined;
}

/** An alarm for every configured rule and everything in its scope. Two alarms of one name would be one at AWS. */
export function planAlarms<V>(input: AlarmsPlanInput<V>): AlarmsPlan<V> {
  const planned = input.rules.map((config) => ({ config, alarms: alarmsOfRule(config, input) }));
  const names = planned.flatMap(({ alarms }) => alarms.map(({ alarmName }) => alarmName));
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  const faults = [
    ...planned.flatMap(({ config, alarms }) =>
      config.name === undefined || alarms.length < 2
        ? []
        : [`Rule ${config.rule} makes ${alarms.length} alarms, so they cannot all be named "${config.name}".`],
    ),
    ...twice.map((name) => `More than one alarm would be named "${name}". Give one of the rules a name of its own.`),
  ];
  return faults.length > 0
    ? { kind: "refused", faults }
    : { kind: "ok", alarms: planned.flatMap(({ alarms }) => alarms) };
}

/** By service, the alarms that must be silent for its release to go on. */
export function releaseAlarmNames<V>(alarms: readonly AlarmPlan<V>[]): Readonly<Record<string, readonly string[]>> {
  const names: Record<string, string[]> = {};
  for (const { rule, services, alarmName } of alarms) {
    if (!rule.stopsRelease) continue;
    for (const service of services) (names[service] ??= []).push(alarmName);
  }
  return names;
}

function alarmsOfRule<V>(config: AlarmRuleConfig, input: AlarmsPlanInput<V>): AlarmPlan<V>[] {
  const rule: AlarmRule = alarmRules[config.rule];
  return input.watched
    .filter(({ scope }) => scope === rule.scope)
    .flatMap((watched) =>
      grouped(watched, rule).map(({ suffix, dimensions }) => {
        const subject = `${watched.name}${suffix}`;
        const named = subject === "" ? config.rule : `${subject}-${config.rule}`;
        return {
          key: config.name ?? named,
          alarmName: config.name ?? `${input.prefix}-${named}`,
          description: describeAlarm(config, rule, subject),
          rule,
          config,
          threshold: inUnitOfMetric(config.threshold, rule, input.storageGb),
          services: watched.services,
          dimensions,
        };
      }),
    );
}

interface Group<V> {
  readonly suffix: string;
  readonly dimensions: readonly Dimensions<V>[];
}

function grouped<V>({ slots }: Watched<V>, rule: AlarmRule): Group<V>[] {
  if (rule.slotsTogether === true) return [{ suffix: "", dimensions: slots.map(({ dimensions }) => dimensions) }];
  return slots.map(({ suffix, dimensions }) => ({ suffix, dimensions: [dimensions] }));
}

const comparisonWords: Readonly<Record<AlarmRule["comparison"], string>> = {
  GreaterThanThreshold: "above",
  GreaterThanOrEqualToThreshold: "at or above",
  LessThanThreshold: "below",
};

/** Severity, metric, limit and reason: what somebody who is woken by it reads first. */
function describeAlarm(config: AlarmRuleConfig, rule: AlarmRule, subject: string): string {
  const of = subject === "" ? "" : ` of ${subject}`;
  const limit = `${comparisonWords[rule.comparison]} ${config.threshold} ${rule.unit}`;
  const enough = config.datapointsToAlarm ?? config.evaluationPeriods;
  const periods = `${enough} of ${config.evaluationPeriods} x ${config.periodSeconds} s`;
  return `${config.severity}: ${rule.measures}${of} ${limit} (${periods}). ${rule.why}`;
}

const bytesPerGib = 1024 ** 3;

function inUnitOfMetric(threshold: number, { thresholdIn }: AlarmRule, storageGb: number | undefined): number {
  if (thresholdIn === undefined) return threshold;
  const gib = thresholdIn === "gibibytes" ? threshold : (threshold / 100) * (storageGb ?? 0);
  return Math.round(gib * bytesPerGib);
}
