import { z } from "zod";
import type { Operation } from "../../model/service-api";
import type { AlarmHistory } from "../alarms/history";
import { alarmTypes, checked, date, integer, scanBy, text } from "./input";
import { pageOf } from "./pages";

const describeAlarmHistory = z.object({
  AlarmName: text(1, 255).optional(),
  AlarmTypes: alarmTypes.optional(),
  HistoryItemType: z
    .enum(["ConfigurationUpdate", "StateUpdate", "Action", "AlarmContributorStateUpdate", "AlarmContributorAction"])
    .optional(),
  StartDate: date.optional(),
  EndDate: date.optional(),
  MaxRecords: integer(1, 100).default(100),
  NextToken: z.string().optional(),
  ScanBy: scanBy.default("TimestampDescending"),
});

/** What happened to alarms. Without AlarmTypes metric alarms only, as documented. */
export const describeAlarmHistoryOperation = (history: AlarmHistory): Operation => ({
  kind: "own",
  answer(input, { account, region }) {
    const wanted = checked(describeAlarmHistory, input);
    const types: readonly string[] = wanted.AlarmTypes?.length ? wanted.AlarmTypes : ["MetricAlarm"];
    const found = history
      .list({ account, region })
      .filter(
        (item) =>
          types.includes(item.AlarmType) &&
          (wanted.AlarmName === undefined || wanted.AlarmName === item.AlarmName) &&
          (wanted.HistoryItemType === undefined || wanted.HistoryItemType === item.HistoryItemType) &&
          (wanted.StartDate === undefined || item.Timestamp >= wanted.StartDate) &&
          (wanted.EndDate === undefined || item.Timestamp <= wanted.EndDate),
      );
    const ordered = wanted.ScanBy === "TimestampAscending" ? found : [...found].reverse();
    const { items, ...next } = pageOf(ordered, wanted.MaxRecords, wanted.NextToken);
    return { AlarmHistoryItems: items, ...next };
  },
});
