import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import type { SandboxClock } from "../../model/clock";
import type { Moto } from "../../model/moto";
import type { Scope } from "../../model/scope";
import type { Input } from "../../model/service-api";
import type { Tasks } from "../../model/tasks";
import type { Definitions } from "../definitions";
import type { TaskEntry, TaskStore } from "../store";
import { taskAnswer } from "./task-answer";

/** What the operations need. */
export interface ApiParts {
  readonly clock: SandboxClock;
  readonly moto: Moto;
  readonly store: TaskStore;
  readonly definitions: Definitions;
  readonly tasks: Tasks;
  readonly hasService: (scope: Scope, clusterArn: string, name: string) => boolean;
}

/** InvalidParameterException, what ECS says of most mistakes. */
export const invalid = (message: string): AwsFault => new AwsFault("InvalidParameterException", message);

/** ClientException, what ECS says of task definitions and roles. */
export const clientFault = (message: string): AwsFault => new AwsFault("ClientException", message);

/** Reads an input; a member of another type than the model's is a mistake of the client. @throws AwsFault */
export function read<T extends z.ZodType>(schema: T, input: Input): z.output<T> {
  const { data, error } = schema.safeParse(withoutNull(input));
  if (error === undefined) return data;
  const [issue] = error.issues;
  throw invalid(`Invalid value for ${issue?.path.join(".") || "the request"}: ${issue?.message ?? "not understood"}`);
}

/** Clients of some languages send null for what they do not set. */
const withoutNull = (input: Input): Input =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));

/** Tags as the API takes them. */
export const tagsSchema = z.array(z.object({ key: z.string(), value: z.string().default("") }));

/** The task with its tags when they are asked for. */
export const answerOf = (entry: TaskEntry, withTags: boolean): ReturnType<typeof taskAnswer> =>
  taskAnswer(entry.run.state, withTags ? [...entry.tags].map(([key, value]) => ({ key, value })) : []);

/** A failure of DescribeTasks and its like for something that is not there. */
export function missing(
  scope: Scope,
  cluster: string,
  idOrArn: string,
): { readonly arn: string; readonly reason: string } {
  const name = cluster.split("/").at(-1);
  const arn = `arn:aws:ecs:${scope.region}:${scope.account}:task/${name}/${idOrArn}`;
  return { arn: idOrArn.startsWith("arn:") ? idOrArn : arn, reason: "MISSING" };
}
