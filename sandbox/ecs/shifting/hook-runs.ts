import { createHash } from "node:crypto";
import type { Hook, HookAnswer, HookRun, LifecycleStage, ShiftFacts } from "./model";

const minuteMs = 60_000;

/** "Lifecycle hooks for Amazon ECS service deployments". */
const defaultCallBackSeconds = 30;

/** What the hooks of a stage say together. A failed one decides before the others have answered. */
export type HookVerdict =
  | { readonly kind: "passed" }
  | { readonly kind: "waiting" }
  /** At least one waits for ContinueServiceDeployment, which has a time limit of its own. */
  | { readonly kind: "paused" }
  | { readonly kind: "failed"; readonly reason: string };

/** The runs that a stage begins with. @param round tells apart the steps of a shift, and a rollback */
export function startHooks(
  hooks: readonly Hook[],
  stage: LifecycleStage,
  { now, deploymentId }: Pick<ShiftFacts, "now" | "deploymentId">,
  round: string,
): HookRun[] {
  return hooks.flatMap((hook, index) => {
    if (!hook.stages.includes(stage)) return [];
    const isPause = hook.targetType === "PAUSE";
    const hash = createHash("sha256").update([deploymentId, stage, round, index].join("|")).digest("base64url");
    return {
      id: `ecs-${isPause ? "pause" : "lambda"}-${hash.slice(0, 21)}`,
      hook,
      stage,
      status: isPause ? "AWAITING_ACTION" : "IN_PROGRESS",
      expiresAt: new Date(now.getTime() + hook.timeoutMinutes * minuteMs),
      ...(isPause ? {} : { callAt: now }),
      ...(hook.details === undefined ? {} : { details: hook.details }),
    };
  });
}

/** Takes in what has been answered; `calls` are the functions that are to be called now. */
export function lookAtHooks(runs: readonly HookRun[], facts: Pick<ShiftFacts, "now" | "answers" | "continued">) {
  const answered = runs.map((run) => timed(resolved(run, facts), facts.now));
  const calls = answered.filter((run) => run.callAt !== undefined && run.callAt <= facts.now);
  return {
    runs: answered.map((run) => (calls.includes(run) ? withoutCall(run) : run)),
    calls,
    verdict: verdictOf(answered),
  };
}

function resolved(
  run: HookRun,
  { now, answers, continued }: Pick<ShiftFacts, "now" | "answers" | "continued">,
): HookRun {
  const answer = answers[run.id];
  const action = continued[run.id];
  if (run.status === "AWAITING_ACTION" && action)
    return action === "CONTINUE"
      ? { ...run, status: "SUCCEEDED" }
      : { ...run, status: "FAILED", failure: `a ROLLBACK action was taken at the ${run.stage} pause hook.` };
  if (run.status === "IN_PROGRESS" && run.callAt === undefined && answer) return afterAnswer(run, answer, now);
  return run;
}

function afterAnswer(run: HookRun, answer: HookAnswer, now: Date): HookRun {
  const target = run.hook.targetArn ?? "";
  switch (answer.hookStatus) {
    case "SUCCEEDED":
      return { ...run, status: "SUCCEEDED" };
    case "IN_PROGRESS":
      return {
        ...run,
        callAt: new Date(now.getTime() + (answer.callBackDelay ?? defaultCallBackSeconds) * 1000),
        ...(answer.hookDetails === undefined ? {} : { details: answer.hookDetails }),
      };
    case "FAILED":
      return failed(run, `Lifecycle hook target ${target} returned FAILED status.`);
    case undefined:
    default:
      return failed(run, `ECS was unable to parse the response from ${target} due to: HookStatus must not be null.`);
  }
}

/** The wording is of "Troubleshooting Amazon ECS blue/green deployments". */
const failed = (run: HookRun, detail: string): HookRun => ({
  ...run,
  status: "FAILED",
  failure: `${run.stage} lifecycle hook(s) failed. ${detail}`,
});

function timed(run: HookRun, now: Date): HookRun {
  if ((run.status !== "AWAITING_ACTION" && run.status !== "IN_PROGRESS") || now < run.expiresAt) return run;
  const failure =
    run.hook.targetType === "PAUSE"
      ? `${run.stage} pause hook timed out.`
      : `${run.stage} lifecycle hook(s) failed. Lifecycle hook target ${run.hook.targetArn ?? ""} timed out.`;
  return { ...withoutCall(run), status: "TIMED_OUT", ...(run.hook.timeoutAction === "ROLLBACK" ? { failure } : {}) };
}

/** An answer is awaited: no second call before it. */
const withoutCall = (run: HookRun): HookRun => ({ ...run, callAt: undefined });

function verdictOf(runs: readonly HookRun[]): HookVerdict {
  const bad = runs.find(({ failure }) => failure !== undefined);
  if (bad) return { kind: "failed", reason: `Service deployment rolled back because ${bad.failure}` };
  if (runs.some(({ status }) => status === "AWAITING_ACTION")) return { kind: "paused" };
  return { kind: runs.some(({ status }) => status === "IN_PROGRESS") ? "waiting" : "passed" };
}
