import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import type { Scope } from "../../model/scope";
import type { Operation } from "../../model/service-api";
import { type Alarm, alarmTypes as typesOfKinds } from "../alarms/alarm";
import type { AlarmBook } from "../alarms/alarm-book";
import { alarmsIn } from "../composite/rule";
import { compositeAlarmAnswer, metricAlarmAnswer } from "./alarm-answer";
import { alarmNames, alarmTypes, checked, dimensionMap, dimensions, integer, stateValue, text } from "./input";
import { pageOf } from "./pages";
import { metricKey } from "../metric-store";

const describeAlarms = z.object({
  AlarmNames: alarmNames.optional(),
  AlarmNamePrefix: text(1, 255).optional(),
  AlarmTypes: alarmTypes.optional(),
  ChildrenOfAlarmName: text(1, 255).optional(),
  ParentsOfAlarmName: text(1, 255).optional(),
  StateValue: stateValue.optional(),
  ActionPrefix: text(1, 1024).optional(),
  MaxRecords: integer(1, 100).default(50),
  NextToken: z.string().optional(),
});

type Wanted = z.output<typeof describeAlarms>;

/** Alarms by name, kind, state, action or kinship. Without AlarmTypes metric alarms only, as documented. */
export const describeAlarmsOperation = (book: AlarmBook): Operation => ({
  kind: "own",
  answer(input, { account, region }) {
    const wanted = checked(describeAlarms, input);
    const scope = { account, region };
    const kin = kinOf(book, scope, wanted);
    if (kin) {
      const { items, ...next } = pageOf(kin.alarms, wanted.MaxRecords, wanted.NextToken);
      const told = (kind: Alarm["kind"]) => items.filter((alarm) => alarm.kind === kind).map(kin.tell);
      return { MetricAlarms: told("metric"), CompositeAlarms: told("composite"), ...next };
    }
    if (wanted.AlarmNames?.length && wanted.AlarmNamePrefix !== undefined) {
      refuse("AlarmNamePrefix and AlarmNames are mutually exclusive parameters.");
    }
    const found = book.list(scope).filter((alarm) => isWanted(alarm, wanted));
    const { items, ...next } = pageOf(found, wanted.MaxRecords, wanted.NextToken);
    return {
      MetricAlarms: items.flatMap((alarm) => (alarm.kind === "metric" ? metricAlarmAnswer(alarm) : [])),
      CompositeAlarms: items.flatMap((alarm) => (alarm.kind === "composite" ? compositeAlarmAnswer(alarm) : [])),
      ...next,
    };
  },
});

function isWanted({ kind, settings, standing }: Alarm, wanted: Wanted): boolean {
  const types = wanted.AlarmTypes?.length ? wanted.AlarmTypes : ["MetricAlarm"];
  const actions = [...settings.OKActions, ...settings.AlarmActions, ...settings.InsufficientDataActions];
  const { AlarmNames, AlarmNamePrefix = "", StateValue, ActionPrefix } = wanted;
  return (
    types.includes(typesOfKinds[kind]) &&
    (!AlarmNames?.length || AlarmNames.includes(settings.AlarmName)) &&
    settings.AlarmName.startsWith(AlarmNamePrefix) &&
    (StateValue === undefined || StateValue === standing.value) &&
    (ActionPrefix === undefined || actions.some((action) => action.startsWith(ActionPrefix)))
  );
}

interface Kin {
  readonly alarms: readonly Alarm[];
  readonly tell: (alarm: Alarm) => object;
}

const filters = ["AlarmNames", "AlarmNamePrefix", "AlarmTypes", "StateValue", "ActionPrefix"] as const;

/** Children are told with their state, parents by name only; either excludes every other filter. */
function kinOf(book: AlarmBook, scope: Scope, wanted: Wanted): Kin | undefined {
  const { ChildrenOfAlarmName: parent, ParentsOfAlarmName: child } = wanted;
  if (parent === undefined && child === undefined) return undefined;
  if ((parent !== undefined && child !== undefined) || filters.some((name) => wanted[name] !== undefined)) {
    refuse(
      "Parameters other than MaxRecords and NextToken cannot be specified with ChildrenOfAlarmName or ParentsOfAlarmName.",
    );
  }
  if (parent !== undefined) {
    const of = book.get(scope, parent);
    const names = of?.kind === "composite" ? alarmsIn(of.rule) : [];
    return { alarms: [...new Set(names.flatMap((name) => book.find(scope, name) ?? []))], tell: asChild };
  }
  const arn = book.get(scope, child ?? "")?.arn;
  const alarms = book
    .list(scope)
    .filter((each) => each.kind === "composite" && alarmsIn(each.rule).some((name) => name === child || name === arn));
  return { alarms, tell: asParent };
}

const asParent = ({ arn, settings }: Alarm) => ({ AlarmName: settings.AlarmName, AlarmArn: arn });

const asChild = (alarm: Alarm) => ({
  ...asParent(alarm),
  StateValue: alarm.standing.value,
  StateUpdatedTimestamp: alarm.standing.updatedAt,
});

const describeAlarmsForMetric = z.object({
  Namespace: text(1, 255),
  MetricName: text(1, 255),
  Statistic: z.string().optional(),
  ExtendedStatistic: z.string().optional(),
  Dimensions: dimensions.optional(),
  Period: integer(1).optional(),
  Unit: z.string().optional(),
});

/** Alarms of one single metric; those of metric math are not found this way. */
export const describeAlarmsForMetricOperation = (book: AlarmBook): Operation => ({
  kind: "own",
  answer(input, { account, region }) {
    const { Namespace, MetricName, Dimensions, ...others } = checked(describeAlarmsForMetric, input);
    const wanted = metricKey({ namespace: Namespace, name: MetricName, dimensions: dimensionMap(Dimensions) });
    const found = book.list({ account, region }).flatMap((alarm) => {
      if (alarm.kind !== "metric" || alarm.settings.Metrics) return [];
      const { settings } = alarm;
      const { Namespace: namespace = "", MetricName: name = "" } = settings;
      if (metricKey({ namespace, name, dimensions: dimensionMap(settings.Dimensions) }) !== wanted) return [];
      const names = ["Statistic", "ExtendedStatistic", "Period", "Unit"] as const;
      return names.every((each) => others[each] === undefined || others[each] === settings[each]) ? [alarm] : [];
    });
    return { MetricAlarms: found.map(metricAlarmAnswer) };
  },
});

function refuse(message: string): never {
  throw new AwsFault("ValidationError", message);
}
