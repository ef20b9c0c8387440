import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import type { Answer, Caller, Input } from "../../model/service-api";
import { invalid, read, type ApiParts } from "./api-parts";
import { clusterToRead } from "./clusters";

const schema = z.object({
  cluster: z.string().optional(),
  task: z.string(),
  container: z.string().optional(),
  command: z.string(),
  interactive: z.boolean(),
});

/** There is no shell behind a task of the sandbox: every call ends in the error that fits it. @throws AwsFault */
export async function executeCommand(parts: ApiParts, input: Input, caller: Caller): Promise<Answer> {
  const { cluster, task, container } = read(schema, input);
  const arn = await clusterToRead(parts.moto, parts.store, caller, cluster);
  const state = parts.store.find(caller, arn, task)?.run.state;
  if (!state) throw invalid("The referenced task was not found.");
  if (container !== undefined && !state.containers.some(({ name }) => name === container)) {
    throw invalid("The specified container does not exist in the task.");
  }
  if (!state.order.enableExecuteCommand || state.status !== "RUNNING") {
    throw invalid(
      "The execute command failed because execute command was not enabled when the task was run or the execute " +
        "command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.",
    );
  }
  throw new AwsFault(
    "TargetNotConnectedException",
    "The execute command failed due to an internal error. Try again later.",
  );
}
