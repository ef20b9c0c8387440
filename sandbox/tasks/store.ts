import type { Scope } from "../model/scope";
import type { TaskView } from "../model/tasks";
import { taskTimes } from "./life/timings";
import type { TaskRun } from "./run/task-run";

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** One task, and what only the API keeps of it. */
export interface TaskEntry {
  readonly run: TaskRun;
  readonly tags: Map<string, string>;
  /** A placement that Fargate refused: the scheduler sees it, the API does not show it. */
  readonly isHidden: boolean;
  /** Scale-in protection until then. */
  protectedUntil: Date | undefined;
}

/** All tasks of all accounts, oldest first. */
export class TaskStore {
  private readonly entries = new Map<string, TaskEntry>();

  add(run: TaskRun, tags: readonly Tag[], isHidden = false): TaskEntry {
    const kept = new Map(tags.map(({ key, value }) => [key, value]));
    const entry: TaskEntry = { run, tags: kept, isHidden, protectedUntil: undefined };
    this.entries.set(run.state.id, entry);
    return entry;
  }

  get(id: string): TaskEntry | undefined {
    return this.entries.get(id);
  }

  /** By id or ARN, where the caller can see it. */
  find(scope: Scope, clusterArn: string, idOrArn: string): TaskEntry | undefined {
    const entry = this.entries.get(idOrArn.split("/").at(-1) ?? "");
    if (!entry || entry.isHidden || !isIn(entry, scope)) return undefined;
    const { arn, order } = entry.run.state;
    if (idOrArn.startsWith("arn:") && idOrArn !== arn) return undefined;
    return order.clusterArn === clusterArn ? entry : undefined;
  }

  /** By its whole ARN, whatever its cluster. */
  byArn(arn: string): TaskEntry | undefined {
    const entry = this.entries.get(arn.split("/").at(-1) ?? "");
    return entry && !entry.isHidden && entry.run.state.arn === arn ? entry : undefined;
  }

  /** What the API shows. */
  in(scope: Scope): readonly TaskEntry[] {
    return this.all().filter((entry) => isIn(entry, scope));
  }

  all(): readonly TaskEntry[] {
    return [...this.entries.values()].filter(({ isHidden }) => !isHidden);
  }

  /** What the scheduler sees. */
  views(scope: Scope, filter: { readonly clusterArn?: string; readonly group?: string } = {}): readonly TaskView[] {
    return [...this.entries.values()]
      .filter((entry) => isIn(entry, scope))
      .filter(({ run }) => filter.clusterArn === undefined || run.state.order.clusterArn === filter.clusterArn)
      .filter(({ run }) => filter.group === undefined || run.state.order.group === filter.group)
      .map(({ run }) => run.view());
  }

  /** Looks after every task; forgets those that have stopped long enough ago. */
  look(now: Date): void {
    for (const [id, { run }] of this.entries) {
      const { stoppedAt } = run.state.dates;
      if (stoppedAt && now.getTime() - stoppedAt.getTime() >= taskTimes.visibleMs) this.entries.delete(id);
      else run.look();
    }
  }
}

const isIn = ({ run }: TaskEntry, { account, region }: Scope): boolean =>
  run.state.account === account && run.state.region === region;
