import type { SandboxClock } from "../../model/clock";
import type { Targets } from "../../model/targets";
import type { TaskView } from "../../model/tasks";
import type { ServiceBook } from "../services/service-book";
import type { DeploymentRecord, ServiceRecord } from "../services/service-record";
import { say } from "./event-log";
import { eventTexts } from "./event-texts";
import { placesOf } from "./task-facts";
import { timings } from "./timings";

type Target = { readonly id: string; readonly port: number };

/** One entry of a task in a target group. */
interface Attachment {
  readonly group: string;
  readonly target: Target;
}

/** Puts tasks into their target groups when they start, and takes them out before they stop. */
export class Attachments {
  private readonly byTask = new Map<string, readonly Attachment[]>();
  /** Taken out, and not told yet. */
  private readonly left: { readonly task: TaskView; readonly attached: readonly Attachment[] }[] = [];

  constructor(
    private readonly clock: SandboxClock,
    private readonly targets: Targets,
    private readonly book: ServiceBook,
  ) {}

  /** Registers every task that has an address and is not in its groups yet: "ACTIVATING" in "Task lifecycle". */
  attach(record: ServiceRecord, tasks: readonly TaskView[]): ServiceRecord {
    const counts = new Map<string, number>();
    const problems: string[] = [];
    for (const task of tasks.filter(isReachable)) {
      if (this.byTask.has(task.id)) continue;
      const deployment = record.deployments.find(({ id }) => id === task.startedBy);
      const wanted = attachmentsOf(task, deployment);
      if (wanted.length === 0) continue;
      const done = wanted.filter(({ group, target }) => {
        const problem = this.register(group, target);
        if (problem !== undefined) problems.push(eventTexts.notRegistered(record.name, group, problem));
        else counts.set(group, (counts.get(group) ?? 0) + 1);
        return problem === undefined;
      });
      this.byTask.set(task.id, done);
    }
    const registered = [...counts].map(([group, count]) => eventTexts.registered(record.name, count, group));
    return say(record, this.clock.now(), ...registered, ...problems);
  }

  /** Whether the task is in a target group. */
  has(id: string): boolean {
    return (this.byTask.get(id) ?? []).length > 0;
  }

  /** Resolves when nobody needs the task any more; STOPPING waits for it. */
  async detach(task: TaskView): Promise<void> {
    const attached = this.byTask.get(task.id) ?? [];
    if (attached.length === 0) return;
    const lag =
      task.stopCode === "EssentialContainerExited" ? timings.exitToDeregistration : timings.stopToDeregistration;
    await new Promise<void>((resolve) => void this.clock.after(lag, resolve));
    this.deregister(task);
    // A group that is deleted meanwhile must not keep the task from stopping.
    await Promise.allSettled(attached.map(({ group, target }) => this.targets.drained(group, target)));
  }

  /** A task that ended before it was RUNNING was never asked for; its targets go all the same. */
  ended(task: TaskView): void {
    if (task.lastStatus === "STOPPED") this.deregister(task);
  }

  private register(group: string, target: Target): string | undefined {
    try {
      this.targets.register(group, target);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  private deregister(task: TaskView): void {
    const attached = this.byTask.get(task.id) ?? [];
    this.byTask.delete(task.id);
    if (attached.length === 0) return;
    for (const { group, target } of attached) {
      if (this.targets.group(group)) this.targets.deregister(group, target);
    }
    // Told a moment later: this may be in the midst of a step of the scheduler, which has the service in its hands; and
    // what leaves at the same time is told in one message.
    if (this.left.push({ task, attached }) === 1) this.clock.after(0, () => this.tell());
  }

  private tell(): void {
    const left = this.left.splice(0);
    for (const [arn, tasks] of grouped(left, ({ task }) => this.ownerOf(task)?.arn)) {
      const record = arn === undefined ? undefined : this.book.arn(arn);
      if (!record) continue;
      const groups = grouped(
        tasks.flatMap(({ attached }) => attached),
        ({ group }) => group,
      );
      const deployments = grouped(tasks, ({ task }) => task.startedBy ?? "");
      const messages = [
        ...[...groups].map(([group, all]) => eventTexts.deregistered(record.name, all.length, group)),
        ...[...deployments].map(([id, all]) => eventTexts.draining(record.name, id, all.length)),
      ];
      this.book.put(say(record, this.clock.now(), ...messages));
    }
  }

  private ownerOf({ account, region, clusterArn, group }: TaskView): ServiceRecord | undefined {
    return this.book.find({ account, region }, clusterArn, group.replace(/^service:/, ""));
  }
}

function isReachable({ lastStatus, desiredStatus, ip }: TaskView): boolean {
  return ip !== undefined && desiredStatus === "RUNNING" && (lastStatus === "ACTIVATING" || lastStatus === "RUNNING");
}

const attachmentsOf = (task: TaskView, deployment: DeploymentRecord | undefined): readonly Attachment[] =>
  placesOf(task, deployment).map(({ group, port }) => ({ group, target: { id: task.ip ?? "", port } }));

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
