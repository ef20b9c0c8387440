import type { Snapshot } from "../model/snapshot";

/** Learns which task is in which target group; a task that has left its group is still counted to it. */
export class TaskGroups {
  private readonly groups = new Map<string, string>();

  learn({ tasks }: Pick<Snapshot, "tasks">): void {
    for (const { id, targets } of tasks) {
      const [first] = targets;
      if (first) this.groups.set(id, first.group);
    }
  }

  of(task: string): string | undefined {
    return this.groups.get(task);
  }
}
