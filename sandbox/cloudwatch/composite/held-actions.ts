import type { SandboxClock, Timer } from "../../model/clock";
import type { AlarmState } from "../../model/metrics";
import type { CompositeAlarm, SuppressedBy } from "../alarms/alarm";
import type { AlarmBook } from "../alarms/alarm-book";
import type { TriggeringChild } from "../alarms/notification";
import { type Suppression, suppress, type SuppressionEvent } from "./suppression";

interface Held {
  readonly suppression: Suppression;
  readonly timer: Timer | undefined;
  /** What the actions are told when they are done after all. */
  readonly old: AlarmState;
  readonly children: readonly TriggeringChild[];
}

export interface HeldActionsPorts {
  readonly clock: SandboxClock;
  readonly book: AlarmBook;
  readonly run: (alarm: CompositeAlarm, old: AlarmState, children: readonly TriggeringChild[]) => void;
}

/** Composite alarms that have a suppressor, and whose actions wait. */
export class HeldActions {
  private readonly held = new Map<string, Held>();

  constructor(private readonly ports: HeldActionsPorts) {}

  /** The alarm is in a new state: its actions are done now, or held. */
  flipped(alarm: CompositeAlarm, old: AlarmState, children: readonly TriggeringChild[]): void {
    const { ActionsSuppressor: suppressor } = alarm.settings;
    if (suppressor === undefined) return this.ports.run(alarm, old, children);
    const isSuppressorInAlarm = this.ports.book.find(alarm.scope, suppressor)?.standing.value === "ALARM";
    this.step(alarm, { kind: "flipped", isSuppressorInAlarm }, { old, children });
  }

  /** Its suppressor has come into ALARM, or out of it. */
  suppressorChanged(alarm: CompositeAlarm, isInAlarm: boolean): void {
    const held = this.held.get(alarm.arn);
    if (held) this.step(alarm, { kind: "suppressor", isInAlarm }, held);
  }

  /** The alarm is gone, or has another suppressor: timers are dropped. */
  forget(arn: string): void {
    this.held.get(arn)?.timer?.cancel();
    this.held.delete(arn);
  }

  private step(alarm: CompositeAlarm, event: SuppressionEvent, told: Pick<Held, "old" | "children">): void {
    const { clock, book } = this.ports;
    const before = this.held.get(alarm.arn);
    const periods = {
      wait: 1000 * (alarm.settings.ActionsSuppressorWaitPeriod ?? 0),
      extension: 1000 * (alarm.settings.ActionsSuppressorExtensionPeriod ?? 0),
    };
    const now = clock.now().getTime();
    const { next, runsActions } = suppress(before?.suppression ?? { kind: "none" }, event, periods, now);
    this.forget(alarm.arn);
    const bare: CompositeAlarm = { ...alarm, suppressed: undefined };
    if (next.kind === "none") {
      book.save(bare);
    } else {
      const timer = "until" in next ? clock.after(next.until - now, () => this.due(alarm)) : undefined;
      this.held.set(alarm.arn, { suppression: next, timer, old: told.old, children: told.children });
      book.save({ ...bare, suppressed: { by: next.kind, reason: suppressedReason(next.kind) } });
    }
    if (runsActions) this.ports.run(bare, told.old, told.children);
  }

  private due({ scope, settings, arn }: CompositeAlarm): void {
    const alarm = this.ports.book.get(scope, settings.AlarmName);
    const held = this.held.get(arn);
    if (alarm?.kind === "composite" && held) this.step(alarm, { kind: "time" }, held);
  }
}

const suppressedReason = (by: SuppressedBy): string => `Actions suppressed by ${by}`;
