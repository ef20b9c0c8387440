import type { TaskTraits } from "../model/behaviour";
import type { Tasks, TaskView } from "../model/tasks";

/** Tasks by their address, as the load balancer knows them. */
export interface TaskIndex {
  at(ip: string): TaskView | undefined;
}

/** Follows the changes of all tasks; an address belongs to the task that had it last, until that has stopped. */
export function taskIndex(tasks: Pick<Tasks, "onChange">): TaskIndex {
  const byIp = new Map<string, TaskView>();
  tasks.onChange((task) => {
    if (task.ip === undefined) return;
    if (task.lastStatus !== "STOPPED") byIp.set(task.ip, task);
    else if (byIp.get(task.ip)?.id === task.id) byIp.delete(task.ip);
  });
  return { at: (ip) => byIp.get(ip) };
}

/** What faults know a task by; its first container stands for it. */
export function traitsOf({ id, clusterArn, group, containers }: TaskView): TaskTraits {
  const [first] = containers;
  return {
    cluster: clusterArn.split("/").at(-1) ?? clusterArn,
    service: group.startsWith("service:") ? group.slice("service:".length) : undefined,
    container: first?.name ?? "",
    image: first?.image ?? "",
    ...(first?.knownTag === undefined ? {} : { tag: first.knownTag }),
    taskId: id,
  };
}
