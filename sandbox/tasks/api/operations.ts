import type { Operation } from "../../model/service-api";
import { checkDefinition } from "../checks/register";
import type { ApiParts } from "./api-parts";
import { ClientTokens } from "./client-tokens";
import { describeTasks } from "./describe-tasks";
import { executeCommand } from "./execute-command";
import { listTasks } from "./list-tasks";
import { getTaskProtection, updateTaskProtection } from "./protection";
import { runTask, type Started } from "./run-task";
import { stopTask } from "./stop-task";

/** Operations of ECS about tasks. */
export function taskOperations(parts: ApiParts): Readonly<Record<string, Operation>> {
  const tokens = new ClientTokens<Started>();
  return {
    RegisterTaskDefinition: { kind: "watched", before: checkDefinition },
    RunTask: { kind: "own", answer: (input, caller) => runTask(parts, tokens, input, caller) },
    StopTask: { kind: "own", answer: (input, caller) => stopTask(parts, input, caller) },
    ListTasks: { kind: "own", answer: (input, caller) => listTasks(parts, input, caller) },
    DescribeTasks: { kind: "own", answer: (input, caller) => describeTasks(parts, input, caller) },
    UpdateTaskProtection: { kind: "own", answer: (input, caller) => updateTaskProtection(parts, input, caller) },
    GetTaskProtection: { kind: "own", answer: (input, caller) => getTaskProtection(parts, input, caller) },
    ExecuteCommand: { kind: "own", answer: (input, caller) => executeCommand(parts, input, caller) },
  };
}
