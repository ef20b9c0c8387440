import type { StopCode } from "../../model/tasks";

/** Why a task does not get to RUNNING: what DescribeTasks then tells. */
export interface StartFailure {
  readonly code: StopCode;
  readonly text: string;
  /** The container whose fault it is; it gets the detail, or else the text, as its reason. */
  readonly container?: string | undefined;
  readonly detail?: string;
  /** True where ECS tries for a while before it gives up. */
  readonly isRetried?: boolean;
}

/** What a failed check says; undefined or a value when it passed. */
export const failedToStart = (text: string, more: Omit<StartFailure, "code" | "text"> = {}): StartFailure => ({
  code: "TaskFailedToStart",
  text,
  ...more,
});
