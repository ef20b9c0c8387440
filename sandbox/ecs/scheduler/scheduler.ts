import type { SandboxClock, Timer } from "../../model/clock";
import type { TargetHealth, Targets } from "../../model/targets";
import type { TaskView, Tasks } from "../../model/tasks";
import type { AlarmReader, DeploymentEvent, DeploymentObserver } from "../model";
import type { ShiftController } from "../shifting/model";
import type { ServiceBook } from "../services/service-book";
import { primaryOf, type ServiceRecord } from "../services/service-record";
import { tasksOf } from "../services/service-view";
import { Attachments } from "./attachments";
import { conclude } from "./conclude";
import { decide } from "./decide";
import type { HeldDecision } from "./decide-rolling";
import { sayOnce } from "./event-log";
import { eventTexts } from "./event-texts";
import { giveUp, suspect, takeUp } from "./judge";
import { notice } from "./notice";
import { shiftTurn } from "./shift-turn";
import type { TaskStarter } from "./task-starter";
import { stopTasks } from "./task-stops";
import { taskFact, type GroupHealth, type TaskFact } from "./task-facts";
import { eventOf } from "./tell";
import { timings } from "./timings";
import { inTurn, type Turn } from "./turn";

export interface SchedulerPorts {
  readonly clock: SandboxClock;
  readonly tasks: Tasks;
  readonly targets: Targets;
  readonly alarmState: AlarmReader;
  readonly shifting: ShiftController | undefined;
  readonly observer: DeploymentObserver | undefined;
  readonly starter: TaskStarter;
  readonly book: ServiceBook;
  /** Scale-in protection of a task. */
  readonly protectedUntil: (id: string) => Date | undefined;
}

/**
 * Keeps every service as it is wanted. It looks at a service in steps of some seconds while something is going on, and not
 * at all while it is steady: changes of tasks, targets and settings wake it.
 */
export class Scheduler {
  private readonly next = new Map<string, { readonly timer: Timer; readonly isStep: boolean }>();
  private readonly attachments: Attachments;

  constructor(private readonly ports: SchedulerPorts) {
    const { clock, tasks, targets, book } = ports;
    this.attachments = new Attachments(clock, targets, book);
    tasks.onChange((task) => {
      this.attachments.ended(task);
      this.wakeOf(task);
    });
    tasks.onDeactivating((task) => this.attachments.detach(task));
    targets.onHealthChange((group) => {
      for (const record of book.list()) if (uses(record, group)) this.wake(record);
    });
  }

  /** Looks at the service at its next step. */
  wake(record: ServiceRecord): void {
    if (record.status === "INACTIVE" || this.next.get(record.arn)?.isStep) return;
    const age = this.ports.clock.now().getTime() - record.createdAt.getTime();
    this.wait(record.arn, timings.step - (age % timings.step), true);
  }

  /** Tells what has become of a service deployment. One that has ended shifts no more. */
  announce(event: DeploymentEvent): void {
    this.ports.observer?.observe(event);
    if (event.kind === "finished") this.ports.shifting?.forget(event.serviceDeploymentArn);
  }

  private wakeOf({ account, region, clusterArn, group }: TaskView): void {
    if (!group.startsWith(groupPrefix)) return;
    const record = this.ports.book.find({ account, region }, clusterArn, group.slice(groupPrefix.length));
    if (record) this.wake(record);
  }

  private wait(arn: string, ms: number, isStep: boolean): void {
    this.next.get(arn)?.timer.cancel();
    const timer = this.ports.clock.after(ms, () => {
      this.next.delete(arn);
      try {
        this.step(arn);
      } catch (error) {
        // The clock logs it; the service is not forgotten for it.
        if (!this.next.has(arn)) this.wait(arn, timings.step, true);
        throw error;
      }
    });
    this.next.set(arn, { timer, isStep });
  }

  private step(arn: string): void {
    const { book, clock } = this.ports;
    const before = book.arn(arn);
    if (!before || before.status === "INACTIVE") return;
    const now = clock.now();
    const views = tasksOf(before, this.ports.tasks);
    const health = this.healthOf(before);
    const facts = views.map((task) =>
      taskFact(task, before, health, now, {
        isAttached: this.attachments.has(task.id),
        protectedUntil: this.ports.protectedUntil(task.id),
      }),
    );
    const judged = before.status === "DRAINING" ? { record: before, news: [] } : this.judge(before, facts, now);
    const decision = decide(judged.record, facts, now);
    const acted = this.act(judged.record, views, facts, decision, now);
    const { record, news } = inTurn(acted, (one) => conclude(one, facts, now));
    book.put(record);
    // What was told of may have left the list since.
    this.tell({ record, news: [...judged.news, ...news] }, judged.record);
    if (record.status === "INACTIVE") this.ports.observer?.forget(record.arn);
    else if (!isAtRest(record, facts, decision)) this.wake(record);
    else if (record.isSteady && !this.next.has(arn)) this.wait(arn, timings.eventRepeat, false);
  }

  private judge(record: ServiceRecord, facts: readonly TaskFact[], now: Date): Turn {
    const { alarmState, shifting } = this.ports;
    return inTurn(
      record,
      (one) => takeUp(one, alarmState),
      (one) => notice(one, facts, now),
      (one) => suspect(one, alarmState, now),
      (one) => giveUp(one, now),
      (one) => (shifting ? shiftTurn(one, facts, shifting, now) : { record: one, news: [] }),
    );
  }

  /** Starts and stops tasks and puts those that run into their groups. What that changes is kept by the caller. */
  private act(
    record: ServiceRecord,
    views: readonly TaskView[],
    facts: readonly TaskFact[],
    decision: HeldDecision,
    now: Date,
  ): ServiceRecord {
    let next = record;
    for (const start of decision.starts) next = this.ports.starter.start(next, start, facts, now);
    const stopped = new Set(decision.stops.map(({ task }) => task.id));
    next = this.attachments.attach(
      next,
      views.filter(({ id }) => !stopped.has(id)),
    );
    next = stopTasks(next, decision.stops, this.ports.tasks, now);
    for (const id of decision.held) next = sayOnce(next, now, eventTexts.heldByProtection(record.name, id));
    return decision.isStuck ? sayOnce(next, now, eventTexts.stuck(record.name)) : next;
  }

  private healthOf(record: ServiceRecord): GroupHealth {
    const groups = new Set(record.deployments.flatMap(({ revision }) => revision.targetGroups));
    return new Map([...groups].map((group) => [group, this.targetsOf(group)]));
  }

  /** A group that is gone has no healthy target. */
  private targetsOf(group: string): ReadonlyMap<string, TargetHealth> {
    if (!this.ports.targets.group(group)) return new Map();
    return new Map(this.ports.targets.health(group).map((one) => [`${one.id}:${one.port}`, one]));
  }

  private tell({ record, news }: Turn, before: ServiceRecord): void {
    const { tasks, clock } = this.ports;
    for (const one of news) {
      const event = eventOf(record, one, tasks, clock.now()) ?? eventOf(before, one, tasks, clock.now());
      if (event) this.announce(event);
    }
  }
}

const groupPrefix = "service:";

const uses = (record: ServiceRecord, group: string): boolean =>
  record.deployments.some(({ revision }) => revision.targetGroups.includes(group));

/** Nothing will change by the passing of time alone. */
function isAtRest(record: ServiceRecord, facts: readonly TaskFact[], decision: HeldDecision): boolean {
  if (decision.starts.length > 0 || decision.stops.length > 0) return false;
  if (record.isSteady) return true;
  const isStill = facts.every(({ phase }) => phase === "running" || phase === "gone");
  return primaryOf(record).rolloutState === "FAILED" && record.status === "ACTIVE" && isStill;
}
