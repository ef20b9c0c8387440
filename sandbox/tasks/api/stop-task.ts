import { z } from "zod";
import type { Answer, Caller, Input } from "../../model/service-api";
import { answerOf, invalid, read, type ApiParts } from "./api-parts";
import { clusterToRead } from "./clusters";

const schema = z.object({ cluster: z.string().optional(), task: z.string(), reason: z.string().optional() });

/** What AWS tells of a task that was stopped without a reason. */
const defaultReason = "Task stopped by user";

/** Answers at once, with the task on its way to the end. @throws AwsFault */
export async function stopTask(parts: ApiParts, input: Input, caller: Caller): Promise<Answer> {
  const { cluster, task, reason } = read(schema, input);
  const arn = await clusterToRead(parts.moto, parts.store, caller, cluster);
  const entry = parts.store.find(caller, arn, task);
  if (!entry) throw invalid("The referenced task was not found.");
  parts.tasks.stop(entry.run.state.id, { code: "UserInitiated", text: reason || defaultReason });
  return { task: answerOf(entry, true) };
}
