import { z } from "zod";
import type { Answer, Caller, Input } from "../../model/service-api";
import { answerOf, invalid, missing, read, type ApiParts } from "./api-parts";
import { clusterToRead } from "./clusters";

const schema = z.object({
  cluster: z.string().optional(),
  tasks: z.array(z.string()).default([]),
  include: z.array(z.enum(["TAGS"])).default([]),
});

/** API reference, DescribeTasks. */
const mostTasks = 100;

/** Tasks that are not there are no error: they come back as failures. @throws AwsFault */
export async function describeTasks({ moto, store }: ApiParts, input: Input, caller: Caller): Promise<Answer> {
  const { cluster, tasks, include } = read(schema, input);
  if (tasks.length === 0) throw invalid("Tasks cannot be empty.");
  if (tasks.length > mostTasks) throw invalid(`Tasks cannot have more than ${mostTasks} entries.`);
  const arn = await clusterToRead(moto, store, caller, cluster);
  const found = tasks.map((task) => store.find(caller, arn, task) ?? task);
  return {
    tasks: found.flatMap((one) => (typeof one === "string" ? [] : [answerOf(one, include.includes("TAGS"))])),
    failures: found.flatMap((one) => (typeof one === "string" ? [missing(caller, arn, one)] : [])),
  };
}
