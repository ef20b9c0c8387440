import type { SandboxClock } from "../../model/clock";
import type { AlarmState } from "../../model/metrics";
import { HeldActions } from "../composite/held-actions";
import { alarmsIn, holds } from "../composite/rule";
import type { AlarmActions } from "./actions";
import type { Alarm, CompositeAlarm } from "./alarm";
import type { AlarmBook } from "./alarm-book";
import type { AlarmHistory } from "./history";
import type { TriggeringChild } from "./notification";
import { longTimestamp, timestamp } from "./timestamp";

export interface TransitionPorts {
  readonly clock: SandboxClock;
  readonly book: AlarmBook;
  readonly history: AlarmHistory;
  readonly actions: AlarmActions;
  readonly log: (line: string) => void;
}

/** A state to come into. */
export interface NewState {
  readonly value: AlarmState;
  readonly reason: string;
  /** JSON. */
  readonly reasonData?: string | undefined;
}

/** Brings alarms into new states, with all that follows: history, actions, composite alarms, suppression. */
export class Transitions {
  readonly heldActions: HeldActions;

  constructor(private readonly ports: TransitionPorts) {
    this.heldActions = new HeldActions({
      clock: ports.clock,
      book: ports.book,
      run: (alarm, old, children) => this.act(alarm, old, children),
    });
  }

  /** A state that it already has only changes its reason. */
  enter(alarm: Alarm, next: NewState, children: readonly TriggeringChild[] = [], path: readonly string[] = []): void {
    const { book, clock, history } = this.ports;
    const now = clock.now();
    const { standing: old } = alarm;
    const isChange = old.value !== next.value;
    const changed: Alarm = {
      ...alarm,
      standing: { ...next, updatedAt: now, transitionedAt: isChange ? now : old.transitionedAt },
    };
    book.save(changed);
    if (!isChange) return;
    const data = { version: "1.0", oldState: stateData(old), newState: stateData(next) };
    history.add(changed, "StateUpdate", `Alarm updated from ${old.value} to ${next.value}`, data, now);
    if (changed.kind === "composite") this.heldActions.flipped(changed, old.value, children);
    else this.act(changed, old.value, children);
    this.tellOthers(changed, path);
  }

  /** @param why `created` or `updated`: it is judged for itself, not because of a child */
  judge(
    alarm: CompositeAlarm,
    why: "created" | "updated" | { readonly child: Alarm },
    path: readonly string[] = [],
  ): void {
    const { book } = this.ports;
    if (book.forced.has(alarm.arn)) return;
    const stateOf = (name: string): AlarmState | undefined => book.find(alarm.scope, name)?.standing.value;
    const value: AlarmState = holds(alarm.rule, stateOf) ? "ALARM" : "OK";
    if (value === alarm.standing.value) return;
    if (typeof why === "string") {
      const reason = `${alarm.arn} was ${why} and its alarm rule evaluates to ${value}`;
      return this.enter(alarm, { value, reason, reasonData: childrenData([]) }, [], path);
    }
    const { arn, standing } = why.child;
    const child = { arn, value: standing.value, at: standing.transitionedAt };
    const reason = `${arn} transitioned to ${child.value} at ${longTimestamp(child.at)}`;
    this.enter(alarm, { value, reason, reasonData: childrenData([child]) }, [child], path);
  }

  /** A cycle of composite alarms is not gone round: its evaluation stops (API reference, PutCompositeAlarm). */
  private tellOthers(changed: Alarm, path: readonly string[]): void {
    const further = [...path, changed.arn];
    const names = (each: string | undefined): boolean => each === changed.settings.AlarmName || each === changed.arn;
    for (const { arn, scope, settings } of this.ports.book.list(changed.scope)) {
      if (further.includes(arn)) continue;
      // Read anew each time: what the one before set off may have changed it.
      const parent = this.ports.book.get(scope, settings.AlarmName);
      if (parent?.kind !== "composite") continue;
      if (names(parent.settings.ActionsSuppressor)) {
        this.heldActions.suppressorChanged(parent, changed.standing.value === "ALARM");
      }
      const latest = this.ports.book.get(scope, settings.AlarmName);
      if (latest?.kind === "composite" && alarmsIn(latest.rule).some(names)) {
        this.judge(latest, { child: changed }, further);
      }
    }
  }

  /** Not waited for: a slow topic must not hold up other alarms. */
  private act(alarm: Alarm, old: AlarmState, children: readonly TriggeringChild[]): void {
    this.ports.actions.run(alarm, old, children).catch((error: unknown) => {
      this.ports.log(`actions of alarm ${alarm.settings.AlarmName}: ${String(error)}`);
    });
  }
}

function stateData({ value, reason, reasonData }: NewState): object {
  const data = reasonData === undefined ? {} : { stateReasonData: parsed(reasonData) };
  return { stateValue: value, stateReason: reason, ...data };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

const childrenData = (children: readonly TriggeringChild[]): string =>
  JSON.stringify({
    triggeringAlarms: children.map(({ arn, value, at }) => ({ arn, state: { value, timestamp: timestamp(at) } })),
  });
