import type { SandboxClock } from "../../model/clock";
import type { AlarmState } from "../../model/metrics";
import type { Moto } from "../../model/moto";
import { scopeOf } from "../../model/scope";
import type { Alarm } from "./alarm";
import type { AlarmHistory } from "./history";
import { notificationOf, type TriggeringChild } from "./notification";

/** An alarm that has an action for Auto Scaling: told when it comes into a state, and every minute while it stays. */
export type AlarmListener = (alarm: Alarm, policyArns: readonly string[]) => void | Promise<void>;

export interface ActionPorts {
  readonly clock: Pick<SandboxClock, "now">;
  readonly moto: Pick<Moto, "query">;
  readonly history: AlarmHistory;
}

/** Does what alarms are to do when they change their state. */
export class AlarmActions {
  private readonly listeners: AlarmListener[] = [];

  constructor(private readonly ports: ActionPorts) {}

  onAlarm(listener: AlarmListener): void {
    this.listeners.push(listener);
  }

  /** Once for a change of state; what fails goes into the history. */
  async run(alarm: Alarm, old: AlarmState, children: readonly TriggeringChild[]): Promise<void> {
    const arns = actionsOf(alarm);
    for (const arn of arns.filter((each) => !isScaling(each))) await this.act(alarm, arn, old, children);
    await this.scale(alarm, arns.filter(isScaling));
  }

  /** Every minute: only Auto Scaling is told again and again. */
  async repeat(alarm: Alarm): Promise<void> {
    const arns = actionsOf(alarm).filter(isScaling);
    for (const listener of arns.length === 0 ? [] : this.listeners) await listener(alarm, arns);
  }

  private async act(alarm: Alarm, arn: string, old: AlarmState, children: readonly TriggeringChild[]): Promise<void> {
    try {
      if (serviceOf(arn) !== "sns") throw new Error("The sandbox only does actions of SNS and of Auto Scaling.");
      const { subject, message } = notificationOf(alarm, old, children);
      const parameters = {
        Action: "Publish",
        Version: "2010-03-31",
        TopicArn: arn,
        Subject: subject,
        Message: message,
      };
      await this.ports.moto.query(scopeOf(arn) ?? alarm.scope, "sns", parameters);
      this.note(alarm, arn, undefined);
    } catch (error) {
      this.note(alarm, arn, error instanceof Error ? error.message : String(error));
    }
  }

  private async scale(alarm: Alarm, arns: readonly string[]): Promise<void> {
    if (arns.length === 0) return;
    try {
      for (const listener of this.listeners) await listener(alarm, arns);
      for (const arn of arns) this.note(alarm, arn, undefined);
    } catch (error) {
      for (const arn of arns) this.note(alarm, arn, error instanceof Error ? error.message : String(error));
    }
  }

  private note(alarm: Alarm, arn: string, failure: string | undefined): void {
    const summary =
      failure === undefined ? `Successfully executed action ${arn}` : `Failed to execute action ${arn}. ${failure}`;
    const data = {
      actionState: failure === undefined ? "Succeeded" : "Failed",
      notificationResource: arn,
      ...(failure === undefined ? {} : { error: failure }),
    };
    this.ports.history.add(alarm, "Action", summary, data, this.ports.clock.now());
  }
}

/** None while they are disabled. */
export function actionsOf({ settings, standing }: Alarm): readonly string[] {
  if (!settings.ActionsEnabled) return [];
  switch (standing.value) {
    case "OK":
      return settings.OKActions;
    case "ALARM":
      return settings.AlarmActions;
    case "INSUFFICIENT_DATA":
      return settings.InsufficientDataActions;
  }
}

const serviceOf = (arn: string): string | undefined => arn.split(":")[2];

/** `arn:aws:autoscaling:...`: the policies of Application Auto Scaling as well. */
const isScaling = (arn: string): boolean => serviceOf(arn) === "autoscaling";
