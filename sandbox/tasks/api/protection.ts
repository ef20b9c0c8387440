import { z } from "zod";
import type { Answer, Caller, Input } from "../../model/service-api";
import { serviceOf } from "../run/world";
import type { TaskEntry } from "../store";
import { invalid, missing, read, type ApiParts } from "./api-parts";
import { clusterToRead } from "./clusters";

const updateSchema = z.object({
  cluster: z.string(),
  tasks: z.array(z.string()),
  protectionEnabled: z.boolean(),
  expiresInMinutes: z.number().int().optional(),
});

const getSchema = z.object({ cluster: z.string(), tasks: z.array(z.string()).default([]) });

/** Limits and default (minutes): API reference, UpdateTaskProtection. */
const limits = { tasks: 10, readTasks: 100, minutes: 2880, defaultMinutes: 120 } as const;

/** Only tasks of services can be protected. @throws AwsFault */
export async function updateTaskProtection(parts: ApiParts, input: Input, caller: Caller): Promise<Answer> {
  const { cluster, tasks, protectionEnabled, expiresInMinutes = limits.defaultMinutes } = read(updateSchema, input);
  if (tasks.length === 0) throw invalid("Tasks cannot be empty.");
  if (tasks.length > limits.tasks) throw invalid(`Tasks cannot have more than ${limits.tasks} entries.`);
  if (expiresInMinutes < 1 || expiresInMinutes > limits.minutes) {
    throw invalid(`expiresInMinutes must be between 1 and ${limits.minutes}.`);
  }
  const until = new Date(parts.clock.now().getTime() + expiresInMinutes * 60_000);
  return answer(parts, caller, cluster, tasks, (entry) => {
    entry.protectedUntil = protectionEnabled ? until : undefined;
  });
}

/** @throws AwsFault */
export async function getTaskProtection(parts: ApiParts, input: Input, caller: Caller): Promise<Answer> {
  const { cluster, tasks } = read(getSchema, input);
  if (tasks.length > limits.readTasks) throw invalid(`Tasks cannot have more than ${limits.readTasks} entries.`);
  return answer(parts, caller, cluster, tasks, () => undefined);
}

async function answer(
  { clock, moto, store }: ApiParts,
  caller: Caller,
  named: string,
  tasks: readonly string[],
  change: (entry: TaskEntry) => void,
): Promise<Answer> {
  const cluster = await clusterToRead(moto, store, caller, named);
  const protectedTasks: Answer[] = [];
  const failures: Answer[] = [];
  for (const task of tasks) {
    const entry = store.find(caller, cluster, task);
    if (!entry) {
      failures.push(missing(caller, cluster, task));
      continue;
    }
    const { arn, order } = entry.run.state;
    if (serviceOf(order.group) === undefined) {
      failures.push({ arn, reason: "TASK_NOT_VALID", detail: "The specified task is not part of a service." });
      continue;
    }
    change(entry);
    const until = entry.protectedUntil;
    const isProtected = until !== undefined && until > clock.now();
    protectedTasks.push({
      taskArn: arn,
      protectionEnabled: isProtected,
      expirationDate: isProtected ? until : undefined,
    });
  }
  return { protectedTasks, failures };
}
