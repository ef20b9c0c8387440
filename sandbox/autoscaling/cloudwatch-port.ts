import type { SandboxClock } from "../model/clock";
import type { Alarms, AlarmState } from "../model/metrics";
import type { Scope } from "../model/scope";
import type { Answer, Input, ServiceApi } from "../model/service-api";
import type { ScalingCloudWatch } from "./ports";

/** The parts of `createCloudWatch` that are used. */
export interface CloudWatchParts {
  readonly api: ServiceApi;
  readonly alarms: Alarms;
  readonly control: Pick<ScalingCloudWatch, "putAlarm" | "deleteAlarms"> & {
    onAlarm(listener: (alarm: AlarmObject, policyArns: readonly string[]) => Promise<void>): void;
  };
}

interface AlarmObject {
  readonly scope: Scope;
  readonly settings: { readonly AlarmName: string };
  readonly standing: { readonly value: AlarmState };
}

/** CloudWatch as scaling wants it; values are asked for as anybody asks for them. */
export function scalingCloudWatch(
  { api, alarms, control }: CloudWatchParts,
  clock: Pick<SandboxClock, "now">,
): ScalingCloudWatch {
  const ask = async (operation: string, input: Input, { account, region }: Scope): Promise<Answer> => {
    const own = api.operations[operation];
    if (own?.kind !== "own") throw new Error(`CloudWatch does not answer ${operation} itself`);
    return own.answer(input, { account, region, accessKeyId: "application-autoscaling" });
  };
  return {
    putAlarm: (scope, input) => control.putAlarm(scope, input),
    deleteAlarms: (scope, names) => control.deleteAlarms(scope, names),
    state: (scope, name) => alarms.state(scope, name),
    onAlarm: (listener) =>
      control.onAlarm(({ scope, settings, standing }, policyArns) =>
        listener({ scope, name: settings.AlarmName, state: standing.value, policyArns }),
      ),
    async values(scope, name) {
      const { MetricAlarms } = await ask("DescribeAlarms", { AlarmNames: [name] }, scope);
      const [settings] = (MetricAlarms ?? []) as readonly MetricSettings[];
      if (!settings) return [];
      const { MetricDataResults } = await ask("GetMetricData", queriesFor(settings, clock.now()), scope);
      const [result] = (MetricDataResults ?? []) as readonly { readonly Values?: readonly number[] }[];
      return result?.Values ?? [];
    },
  };
}

/** Of an answer of DescribeAlarms. */
interface MetricSettings {
  readonly Metrics?: readonly unknown[];
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly unknown[];
  readonly Period?: number;
  readonly Statistic?: string;
  readonly Unit?: string;
  readonly EvaluationPeriods?: number;
}

/** The periods that the alarm looks at, newest first; numbers are epoch seconds, as JSON has them. */
function queriesFor(settings: MetricSettings, now: Date): Input {
  const { Metrics, Namespace, MetricName, Dimensions, Period = 60, Statistic, Unit, EvaluationPeriods = 1 } = settings;
  const metric = { Namespace, MetricName, Dimensions };
  const own = { Id: "m1", MetricStat: { Metric: metric, Period, Stat: Statistic, Unit }, ReturnData: true };
  const end = Math.floor(now.getTime() / 1000);
  return {
    MetricDataQueries: Metrics?.length ? Metrics : [own],
    StartTime: end - (EvaluationPeriods + 1) * Period,
    EndTime: end,
    ScanBy: "TimestampDescending",
  };
}
