import { type Scope, scopeKey } from "../../model/scope";
import { type Alarm, alarmTypes } from "./alarm";

export type HistoryItemType = "ConfigurationUpdate" | "StateUpdate" | "Action";

/** One line of an alarm's history, as the API has it. */
export interface HistoryItem {
  readonly AlarmName: string;
  readonly AlarmType: (typeof alarmTypes)[keyof typeof alarmTypes];
  readonly Timestamp: Date;
  readonly HistoryItemType: HistoryItemType;
  /** 255 characters at most. */
  readonly HistorySummary: string;
  /** JSON, 4095 characters at most. */
  readonly HistoryData: string;
}

/** No account keeps more lines than this: a flapping alarm must not eat the memory. */
const mostItems = 5000;

/** What happened to alarms, deleted ones included. */
export class AlarmHistory {
  private readonly scopes = new Map<string, HistoryItem[]>();

  constructor(private readonly keptMs: number) {}

  add(alarm: Alarm, type: HistoryItemType, summary: string, data: object, at: Date): void {
    const key = scopeKey(alarm.scope);
    const items = this.scopes.get(key) ?? [];
    items.push({
      AlarmName: alarm.settings.AlarmName,
      AlarmType: alarmTypes[alarm.kind],
      Timestamp: at,
      HistoryItemType: type,
      HistorySummary: summary.slice(0, 255),
      HistoryData: JSON.stringify(data).slice(0, 4095),
    });
    const old = items.findIndex(({ Timestamp }) => Timestamp.getTime() >= at.getTime() - this.keptMs);
    items.splice(0, Math.max(old, items.length - mostItems));
    this.scopes.set(key, items);
  }

  /** Oldest first. */
  list(scope: Scope): readonly HistoryItem[] {
    return this.scopes.get(scopeKey(scope)) ?? [];
  }
}
