import type { Action } from "./action";
import {
  decideCommitBack,
  decideEndBack,
  decideKeepCommit,
  decideKeepEnd,
  decideKeepRetire,
  decideKeepWeights,
  decideRetireNew,
  decideWeightsBack,
} from "./decide-back";
import { decideAwait, decideProvision, decideScale } from "./decide-forward";
import { decideAwaitRestore, decideRestore } from "./decide-restore";
import { cause, fail, note, wait, type Scene } from "./decide-scene";
import { decideBake, decideCommit, decideFinish, decideProve, decideShift, decideWarm } from "./decide-serving";
import { standOf, type StandPhase } from "./fold";
import type { Journal } from "./journal";
import type { Observed } from "./observed";
import type { ServicePlan } from "./plan";

const stop: Action = { kind: "stop" };

/** What each phase does next. */
const phases: Readonly<Record<StandPhase, (scene: Scene) => Action>> = {
  provision: decideProvision,
  scale: decideScale,
  await: decideAwait,
  shift: decideShift,
  bake: decideBake,
  prove: decideProve,
  commit: decideCommit,
  warm: decideWarm,
  finish: decideFinish,
  "weights-back": decideWeightsBack,
  "commit-back": decideCommitBack,
  "retire-new": decideRetireNew,
  restore: decideRestore,
  "await-restore": decideAwaitRestore,
  "end-back": decideEndBack,
  "keep-weights": decideKeepWeights,
  "keep-commit": decideKeepCommit,
  "keep-retire": decideKeepRetire,
  "keep-end": decideKeepEnd,
  halted: () => stop,
  closed: () => stop,
};

/**
 * The next thing to do in a release, from nothing but what was planned, what AWS shows and what was written down. Any
 * combination has an answer, and asking twice gives it twice; so whoever resumes goes on where another was killed.
 */
export function decide(plan: ServicePlan, observed: Observed, journal: Journal, now: Date): Action {
  // A service whose own controller shifts has a loop of its own: this one never touches it.
  if (plan.mode === "ecs") return stop;
  const stand = standOf({ plan, entries: journal.entries });
  const scene: Scene = { plan, observed, stand, now: now.getTime() };
  return asked(scene) ?? failed(scene) ?? phases[stand.phase](scene);
}

/** The way back that people or peers want is taken whatever the policy says: it is their word against its. */
function asked({ stand, observed }: Scene): Action | null {
  if (!stand.canGoBack) return null;
  if (stand.abort !== null) {
    const { by, reason } = stand.abort;
    const text = `${by} wants it back${reason === undefined ? "" : `: ${reason}`}`;
    return note({ kind: "turned-back", cause: cause("aborted", text) });
  }
  if (observed.peers !== "failed" || stand.isLeft) return null;
  const text = "Another service of this release failed, and all or none of them are released";
  return note({ kind: "turned-back", cause: cause("peer-failed", text) });
}

/** Between two tries of the way back. */
const retryMs = 10_000;

/** What the action before came to: forward it is judged by the policy, on the way back it is tried a few times. */
function failed(scene: Scene): Action | null {
  const { observed, stand, now } = scene;
  if (observed.kind === "blind" || stand.phase === "halted" || stand.phase === "closed") return null;
  if (stand.direction === "forward") return observed.failure === undefined ? null : fail(scene, observed.failure);
  if (observed.failure !== undefined) return note({ kind: "failed", cause: observed.failure });
  const again = stand.failedAt + retryMs;
  return stand.failures > 0 && now < again ? wait(now, "trying again in a moment", again, retryMs) : null;
}
