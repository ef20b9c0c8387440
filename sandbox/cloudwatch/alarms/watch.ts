import type { SandboxClock } from "../../model/clock";
import type { AlarmState } from "../../model/metrics";
import type { Scope } from "../../model/scope";
import type { MetricStore } from "../metric-store";
import { floor } from "../series";
import type { Timings } from "../timings";
import type { AlarmActions } from "./actions";
import { alarmArn, type Alarm, type MetricAlarm } from "./alarm";
import type { AlarmBook } from "./alarm-book";
import { evaluateAlarm } from "./evaluate-alarm";
import type { Transitions } from "./transitions";

export interface WatchPorts {
  readonly clock: SandboxClock;
  readonly store: MetricStore;
  readonly book: AlarmBook;
  readonly transitions: Transitions;
  readonly actions: AlarmActions;
  readonly timings: Timings;
  readonly log: (line: string) => void;
  /** What is measured at the end of each minute; done before alarms are looked at. */
  readonly measure: () => Promise<void>;
}

/** Looks at alarms: every minute, and those of short periods every 10 seconds. */
export class Watch {
  private isWatchingShort = false;

  constructor(private readonly ports: WatchPorts) {
    this.wait("evaluationEvery", () => this.everyMinute());
  }

  /** An alarm was put. The clock goes in steps of 10 seconds only as long as an alarm needs them. */
  alarmPut(): void {
    if (this.isWatchingShort || !this.hasShort()) return;
    this.isWatchingShort = true;
    this.wait("shortEvaluationEvery", () => {
      this.evaluateAll(isShort, this.ports.clock.now());
      this.isWatchingShort = this.hasShort();
      return this.isWatchingShort;
    });
  }

  /** Keeps an alarm in a state, whatever it measures, until it is released; one that comes later as well. */
  force(scope: Scope, name: string, value: AlarmState, reason: string): void {
    this.ports.book.forced.set(alarmArn(scope, name), { value, reason });
    const alarm = this.ports.book.get(scope, name);
    if (alarm) this.ports.transitions.enter(alarm, { value, reason });
  }

  /** The next evaluation brings it back. */
  release(scope: Scope, name: string): void {
    const { book, transitions } = this.ports;
    book.forced.delete(alarmArn(scope, name));
    const alarm = book.get(scope, name);
    if (alarm?.kind === "composite") transitions.judge(alarm, "updated");
  }

  /** One round over all alarms that `isDue`; forced ones are held where they are to be. */
  private evaluateAll(isDue: (alarm: MetricAlarm) => boolean, at: Date): void {
    const { book, transitions } = this.ports;
    for (const { scope, settings } of book.everywhere()) {
      // Read anew each time: what the one before set off may have changed it.
      const alarm = book.get(scope, settings.AlarmName);
      if (!alarm) continue;
      const forced = book.forced.get(alarm.arn);
      if (forced) {
        if (forced.value !== alarm.standing.value) transitions.enter(alarm, forced);
      } else if (alarm.kind === "metric" && isDue(alarm)) {
        this.evaluate(alarm, at);
      }
    }
  }

  private evaluate(alarm: MetricAlarm, at: Date): void {
    const { book, clock, store, timings, transitions } = this.ports;
    const { standing } = alarm;
    const evaluation = evaluateAlarm(alarm, store, at, timings.surplusPeriods);
    if (evaluation.kind === "failed") {
      if (standing.evaluationState === undefined) {
        book.save({ ...alarm, standing: { ...standing, evaluationState: "EVALUATION_ERROR", updatedAt: clock.now() } });
      }
      return;
    }
    if (evaluation.kind === "state" && evaluation.state !== standing.value) {
      const { state: value, reason, reasonData } = evaluation;
      return transitions.enter(alarm, { value, reason, reasonData });
    }
    if (standing.evaluationState === undefined) return;
    book.save({ ...alarm, standing: { ...standing, evaluationState: undefined, updatedAt: clock.now() } });
  }

  private hasShort(): boolean {
    return this.ports.book.everywhere().some((alarm) => alarm.kind === "metric" && isShort(alarm));
  }

  private async everyMinute(): Promise<boolean> {
    const { actions, book, clock, log, measure } = this.ports;
    // Measuring takes a while, in which a fast clock may come into the next minute.
    const at = clock.now();
    const before = new Map<string, Alarm["standing"]>(book.everywhere().map(({ arn, standing }) => [arn, standing]));
    await measure().catch((error: unknown) => log(`metrics of this minute: ${String(error)}`));
    this.evaluateAll((alarm) => !isShort(alarm), at);
    for (const alarm of book.everywhere()) {
      const isStill = before.get(alarm.arn)?.value === alarm.standing.value;
      if (!isStill) continue;
      await actions.repeat(alarm).catch((error: unknown) => log(`alarm ${alarm.settings.AlarmName}: ${String(error)}`));
    }
    return true;
  }

  /** Until it says false: at each full step of the sandbox's clock and a little after, however long the work takes. */
  private wait(step: "evaluationEvery" | "shortEvaluationEvery", work: () => boolean | Promise<boolean>): void {
    const { clock, timings } = this.ports;
    const now = clock.now().getTime();
    const due = floor(now - timings.evaluationDelay, timings[step]) + timings[step] + timings.evaluationDelay;
    clock.after(due - now, async () => {
      let goesOn = true;
      try {
        goesOn = await work();
      } finally {
        if (goesOn) this.wait(step, work);
      }
    });
  }
}

const isShort = ({ measure }: MetricAlarm): boolean => measure.period < 60;
