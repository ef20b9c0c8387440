import { randomUUID } from "node:crypto";
import type { SandboxClock } from "../../model/clock";
import type { Targets } from "../../model/targets";
import type {
  HookAction,
  HookAnswer,
  HookRun,
  HookTargets,
  ShiftController,
  ShiftOrder,
  ShiftRequest,
  ShiftStep,
  ShiftView,
} from "./model";
import { nextShift } from "./next-shift";
import { weightsOf } from "./weights";

/** What is known of one deployment. */
interface Entry {
  step: ShiftStep | undefined;
  /** Weights are being set: until they hold, nothing else happens, least of all the stop of those who had the traffic. */
  isSetting: boolean;
  trouble: string | undefined;
  readonly answers: Map<string, HookAnswer>;
  readonly continued: Map<string, HookAction>;
}

export interface ShiftControllerOptions {
  readonly clock: Pick<SandboxClock, "now">;
  readonly targets: Pick<Targets, "setWeights">;
  readonly hooks: HookTargets;
}

/** Asks `nextShift` and does what it orders. */
export function createShiftController({ clock, targets, hooks }: ShiftControllerOptions): ShiftController {
  const entries = new Map<string, Entry>();

  const entryOf = (arn: string): Entry => {
    const entry = entries.get(arn) ?? {
      step: undefined,
      isSetting: false,
      trouble: undefined,
      answers: new Map<string, HookAnswer>(),
      continued: new Map<string, HookAction>(),
    };
    entries.set(arn, entry);
    return entry;
  };

  const setWeights = async (entry: Entry, weights: readonly WeightOrder[], request: ShiftRequest): Promise<void> => {
    entry.isSetting = true;
    try {
      for (const { listener, green } of weights)
        for (const one of request.listeners) {
          const rule = one[listener];
          if (rule !== undefined) await targets.setWeights(rule, weightsOf(one, green));
        }
    } catch (error) {
      entry.trouble = error instanceof Error ? error.message : String(error);
    } finally {
      entry.isSetting = false;
    }
  };

  const call = async (entry: Entry, run: HookRun, step: ShiftStep, request: ShiftRequest): Promise<void> => {
    const answer = await Promise.resolve()
      .then(() => hooks.call(run.hook.targetArn ?? "", hookEvent(run, step, request)))
      .catch(() => ({}));
    entry.answers.set(run.id, answer);
  };

  return {
    look(request) {
      const entry = entryOf(request.serviceDeploymentArn);
      if (entry.step && (entry.isSetting || entry.step.state.outcome)) return viewOf(entry.step);
      const { trouble } = entry;
      const step = nextShift({
        ...request,
        now: clock.now(),
        deploymentId: request.serviceDeploymentArn,
        state: entry.step?.state,
        ...(trouble === undefined ? {} : { trouble }),
        answers: Object.fromEntries(entry.answers),
        continued: Object.fromEntries(entry.continued),
      });
      Object.assign(entry, { step, trouble: undefined });
      entry.answers.clear();
      entry.continued.clear();
      const weights = step.orders.filter((order) => order.kind === "weights");
      if (weights.length > 0) void setWeights(entry, weights, request);
      for (const order of step.orders) if (order.kind === "call-hook") void call(entry, order.run, step, request);
      return viewOf(step);
    },

    hooks: (arn) => entries.get(arn)?.step?.state.hooks ?? [],

    continue(arn, hookId, action) {
      const entry = entries.get(arn);
      const waits = entry?.step?.state.hooks.some(({ id, status }) => id === hookId && status === "AWAITING_ACTION");
      if (!entry || !waits || entry.step?.state.outcome || entry.continued.has(hookId)) return "not-waiting";
      entry.continued.set(hookId, action);
      return "done";
    },

    forget: (arn) => void entries.delete(arn),
  };
}

type WeightOrder = Extract<ShiftOrder, { readonly kind: "weights" }>;

function viewOf({ state, tasks }: ShiftStep): ShiftView {
  const { stage, direction, production, test, reason, outcome } = state;
  return {
    stage,
    direction,
    production,
    test,
    tasks,
    ...(reason === undefined ? {} : { reason }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

/** As ECS sends it to Lambda functions: shares only in the stages that shift ("Lambda lifecycle hooks" in the guide). */
function hookEvent(run: HookRun, { state }: ShiftStep, request: ShiftRequest): Readonly<Record<string, unknown>> {
  const { green, blue } = request.revisions;
  const shares = (percent: number) => ({ [green]: percent, ...(blue === undefined ? {} : { [blue]: 100 - percent }) });
  const tells = (stage: string) => run.stage === stage || run.stage === "RECONCILE_SERVICE";
  return {
    executionDetails: {
      testTrafficWeights: tells("TEST_TRAFFIC_SHIFT") ? shares(state.test) : {},
      productionTrafficWeights: tells("PRODUCTION_TRAFFIC_SHIFT") ? shares(state.production) : {},
      serviceArn: request.serviceArn,
      targetServiceRevisionArn: green,
    },
    executionId: randomUUID(),
    lifecycleStage: run.stage,
    resourceArn: request.serviceDeploymentArn,
    ...(run.details === undefined ? {} : { hookDetails: run.details }),
  };
}
