import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import type { SandboxClock } from "../../model/clock";
import type { Caller, Input, Operation } from "../../model/service-api";
import type { Scope } from "../../model/scope";
import { type Alarm, alarmArn, type CompositeAlarm, type MetricAlarm, type Standing } from "../alarms/alarm";
import type { AlarmBook } from "../alarms/alarm-book";
import type { AlarmHistory } from "../alarms/history";
import type { Transitions } from "../alarms/transitions";
import { alarmsIn } from "../composite/rule";
import { compositeAlarmInput, metricAlarmInput } from "./alarm-input";
import { alarmNames, checked, stateValue, text } from "./input";

export interface AlarmPorts {
  readonly clock: Pick<SandboxClock, "now">;
  readonly book: AlarmBook;
  readonly history: AlarmHistory;
  readonly transitions: Transitions;
  /** An alarm was made, or changed. */
  readonly onPut: () => void;
}

/** What changes alarms. */
export class AlarmCommands {
  constructor(private readonly ports: AlarmPorts) {}

  putMetricAlarm(input: Input, { account, region }: Scope): void {
    const { settings, measure, tags } = metricAlarmInput(input);
    this.save("metric", { settings, measure }, tags, { account, region });
  }

  putCompositeAlarm(input: Input, { account, region }: Scope): void {
    const { settings, rule, tags } = compositeAlarmInput(input);
    const scope = { account, region };
    const unknown = alarmsIn(rule).filter((name) => !this.ports.book.find(scope, name) && name !== settings.AlarmName);
    if (unknown.length > 0) {
      throw new AwsFault(
        "ValidationError",
        `Could not save the composite alarm as alarms [${unknown.join(", ")}] in the alarm rule do not exist`,
      );
    }
    const alarm = this.save("composite", { settings, rule }, tags, scope);
    if (alarm.kind === "composite") this.ports.transitions.judge(alarm, alarm.isNew ? "created" : "updated");
  }

  /** An alarm that a composite alarm needs stays; so does everything, then. */
  deleteAlarms(names: readonly string[], scope: Scope): void {
    const { book, history, clock, transitions } = this.ports;
    const found = names.flatMap((name) => book.get(scope, name) ?? []);
    if (found.filter(({ kind }) => kind === "composite").length > 1) {
      throw new AwsFault("ValidationError", "Only one composite alarm can be deleted per request.");
    }
    const needed = found.find((alarm) => book.list(scope).some((each) => !found.includes(each) && needs(each, alarm)));
    if (needed) {
      const message = `Cannot delete ${needed.settings.AlarmName} as there are composite alarm(s) depending on it.`;
      throw new AwsFault("ValidationError", message);
    }
    for (const alarm of found) {
      book.remove(alarm);
      transitions.heldActions.forget(alarm.arn);
      const data = { version: "1.0", type: "Delete" };
      history.add(alarm, "ConfigurationUpdate", `Alarm "${alarm.settings.AlarmName}" deleted`, data, clock.now());
    }
  }

  private save(
    kind: "metric" | "composite",
    rest: Pick<MetricAlarm, "settings" | "measure"> | Pick<CompositeAlarm, "settings" | "rule">,
    tags: Readonly<Record<string, string>>,
    scope: Scope,
  ): Alarm & { readonly isNew: boolean } {
    const { book, clock, history, transitions } = this.ports;
    const name = rest.settings.AlarmName;
    const before = book.get(scope, name);
    if (before && before.kind !== kind) {
      throw new AwsFault("ValidationError", `An alarm of another type is already named ${name}.`);
    }
    const now = clock.now();
    const standing: Standing = before?.standing ?? {
      value: "INSUFFICIENT_DATA",
      reason: "Unchecked: Initial alarm creation",
      updatedAt: now,
      transitionedAt: now,
    };
    // Tags of an alarm that is already there are not changed by putting it (API reference).
    const common = { scope, arn: alarmArn(scope, name), configuredAt: now, standing, tags: before?.tags ?? tags };
    const alarm = { kind, ...common, ...rest } as Alarm;
    if (before?.kind === "composite") transitions.heldActions.forget(before.arn);
    book.save(alarm);
    const type = before ? "Update" : "Create";
    const data = {
      version: "1.0",
      type,
      [before ? "updatedAlarm" : "createdAlarm"]: { alarmName: name, alarmArn: alarm.arn },
    };
    history.add(alarm, "ConfigurationUpdate", `Alarm "${name}" ${before ? "updated" : "created"}`, data, now);
    this.ports.onPut();
    return { ...alarm, isNew: before === undefined };
  }
}

function needs(composite: Alarm, alarm: Alarm): boolean {
  if (composite.kind !== "composite") return false;
  return alarmsIn(composite.rule).some((name) => name === alarm.settings.AlarmName || name === alarm.arn);
}

const setAlarmState = z.object({
  AlarmName: text(1, 255),
  StateValue: stateValue,
  StateReason: text(0, 1023),
  StateReasonData: text(0, 4000).optional(),
});

const named = z.object({ AlarmNames: alarmNames });

/** Operations that change alarms. */
export function alarmOperations(ports: AlarmPorts, commands: AlarmCommands): Readonly<Record<string, Operation>> {
  const { book, transitions } = ports;
  const own = (work: (input: Input, caller: Caller) => void): Operation => ({
    kind: "own",
    answer(input, caller) {
      work(input, caller);
      return {};
    },
  });
  const enable = (isEnabled: boolean): Operation =>
    own((input, scope) => {
      for (const name of checked(named, input).AlarmNames) {
        const alarm = book.get(scope, name);
        if (alarm) book.save({ ...alarm, settings: { ...alarm.settings, ActionsEnabled: isEnabled } } as Alarm);
      }
    });
  return {
    PutMetricAlarm: own((input, scope) => commands.putMetricAlarm(input, scope)),
    PutCompositeAlarm: own((input, scope) => commands.putCompositeAlarm(input, scope)),
    DeleteAlarms: own((input, { account, region }) =>
      commands.deleteAlarms(checked(named, input).AlarmNames, { account, region }),
    ),
    EnableAlarmActions: enable(true),
    DisableAlarmActions: enable(false),
    SetAlarmState: own((input, scope) => {
      const { AlarmName, StateValue: value, StateReason: reason, StateReasonData } = checked(setAlarmState, input);
      const alarm = book.get(scope, AlarmName);
      if (!alarm) throw new AwsFault("ResourceNotFound", `Alarm ${AlarmName} does not exist.`, 404);
      checkJson(StateReasonData);
      transitions.enter(alarm, { value, reason, reasonData: StateReasonData });
    }),
  };
}

function checkJson(given: string | undefined): void {
  if (given === undefined) return;
  try {
    JSON.parse(given);
  } catch {
    throw new AwsFault("InvalidFormat", "StateReasonData was not valid JSON.");
  }
}
