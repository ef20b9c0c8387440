import type { SandboxClock } from "../model/clock";
import type { Alarms, AlarmState, MetricSink } from "../model/metrics";
import type { Moto } from "../model/moto";
import type { Scope } from "../model/scope";
import type { Input, ServiceApi } from "../model/service-api";
import type { AlarmSnapshot } from "../model/snapshot";
import { AlarmBook } from "./alarms/alarm-book";
import { AlarmActions, type AlarmListener } from "./alarms/actions";
import { AlarmHistory } from "./alarms/history";
import { Transitions } from "./alarms/transitions";
import { Watch } from "./alarms/watch";
import { AlarmCommands, alarmOperations } from "./api/alarm-operations";
import { describeAlarmHistoryOperation } from "./api/describe-alarm-history";
import { describeAlarmsForMetricOperation, describeAlarmsOperation } from "./api/describe-alarms";
import { getMetricDataOperation } from "./api/get-metric-data";
import { getMetricStatisticsOperation } from "./api/get-metric-statistics";
import { listMetricsOperation } from "./api/list-metrics";
import { putMetricDataOperation } from "./api/put-metric-data";
import { tagOperations } from "./api/tag-operations";
import type { LogEvent } from "./log-event";
import { logsApi } from "./logs/logs-api";
import { MetricFilters } from "./logs/metric-filters";
import { Measurer } from "./measure/measurer";
import { MetricStore } from "./metric-store";
import type { Sources } from "./sources";
import { type Timings, timings as documented } from "./timings";

export interface CloudWatchOptions {
  readonly clock: SandboxClock;
  readonly moto: Pick<Moto, "query" | "door">;
  readonly sources: Sources;
  /** What goes wrong where nobody waits for an answer. */
  readonly log: (line: string) => void;
  /** @default the documented figures */
  readonly timings?: Partial<Timings>;
}

/** Alarms as Application Auto Scaling makes and hears them. */
export interface AlarmControl {
  /** @param input members of PutMetricAlarm. @throws AwsFault */
  putAlarm(scope: Scope, input: Input): void;
  /** Silent for alarms that are not there. @throws AwsFault */
  deleteAlarms(scope: Scope, names: readonly string[]): void;
  /** When an alarm with an action for Auto Scaling comes into a state, and every minute while it stays there. */
  onAlarm(listener: AlarmListener): void;
}

export interface CloudWatch {
  /** CloudWatch itself; dashboards and what else is not here are moto's. */
  readonly api: ServiceApi;
  /** CloudWatch Logs, as far as metrics are made of it. */
  readonly logsApi: ServiceApi;
  readonly sink: MetricSink;
  readonly alarms: Alarms;
  readonly control: AlarmControl;
  /** Lines that reach moto past the front: those of the tasks. In the sandbox's time. */
  onLogEvents(scope: Scope, group: string, events: readonly LogEvent[]): void;
  /** Holds an alarm in a state, whatever it measures, until it is released. */
  force(scope: Scope, name: string, state: AlarmState, reason: string): void;
  release(scope: Scope, name: string): void;
  snapshot(): readonly AlarmSnapshot[];
}

/** Metrics, alarms and what they do, for all accounts. */
export function createCloudWatch(options: CloudWatchOptions): CloudWatch {
  const { clock, moto, sources, log } = options;
  const timings: Timings = { ...documented, ...options.timings };
  const store = new MetricStore(clock, timings);
  const book = new AlarmBook();
  const history = new AlarmHistory(timings.keptHistory);
  const actions = new AlarmActions({ clock, moto, history });
  const transitions = new Transitions({ clock, book, history, actions, log });
  const filters = new MetricFilters(store);
  const measurer = new Measurer({ clock, moto, sources, sink: store, timings, log });
  const measure = async (): Promise<void> => {
    filters.closeMinutes(clock.now());
    await measurer.measure();
  };
  const watch = new Watch({ clock, store, book, transitions, actions, timings, log, measure });
  const ports = { clock, book, history, transitions, onPut: () => watch.alarmPut() };
  const commands = new AlarmCommands(ports);
  const onLogEvents = (scope: Scope, group: string, events: readonly LogEvent[]): void =>
    filters.ingest(scope, group, events);
  return {
    api: {
      service: "monitoring",
      reason: "moto keeps alarms and never looks at them",
      operations: {
        PutMetricData: putMetricDataOperation(store, clock),
        GetMetricData: getMetricDataOperation(store),
        GetMetricStatistics: getMetricStatisticsOperation(store),
        ListMetrics: listMetricsOperation(store, clock),
        ...alarmOperations(ports, commands),
        DescribeAlarms: describeAlarmsOperation(book),
        DescribeAlarmsForMetric: describeAlarmsForMetricOperation(book),
        DescribeAlarmHistory: describeAlarmHistoryOperation(history),
        ...tagOperations(book),
      },
    },
    logsApi: logsApi({ clock, filters, onLogEvents }),
    sink: store,
    alarms: { state: (scope, name) => book.get(scope, name)?.standing.value },
    control: {
      putAlarm: (scope, input) => commands.putMetricAlarm(input, scope),
      deleteAlarms: (scope, names) => commands.deleteAlarms(names, scope),
      onAlarm: (listener) => actions.onAlarm(listener),
    },
    onLogEvents,
    force: (scope, name, state, reason) => watch.force(scope, name, state, reason),
    release: (scope, name) => watch.release(scope, name),
    snapshot: () =>
      book.everywhere().map(({ settings, standing: { value, reason } }) => ({
        name: settings.AlarmName,
        state: value,
        reason,
      })),
  };
}
