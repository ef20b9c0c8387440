import { quietOutput } from "./adapters/quiet-output";
import type { Context } from "./context";
import * as fleetChecks from "./fleet/check";
import * as fleetReleases from "./fleet/release";
import * as fleetResumes from "./fleet/resume";
import * as fleetRollbacks from "./fleet/rollback";
import * as fleetStatuses from "./fleet/status";
import * as gates from "./gate/gate";
import type { Report } from "./model/report";
import type { Output } from "./ports/output";
import * as aborts from "./release/abort";
import * as deploys from "./release/deploy";
import * as figures from "./release/figures-report";
import * as releaseHistories from "./release/history";
import * as pointCleanups from "./release/points-cleanup";
import * as pointLists from "./release/points-list";
import * as releases from "./release/release";
import * as restarts from "./release/restart";
import * as resumes from "./release/resume";
import * as rollbacks from "./release/rollback";
import * as statuses from "./release/status";
import * as releaseWatches from "./release/watch";
import * as cancels from "./stack/cancel";
import * as destroys from "./stack/destroy";
import * as drifts from "./stack/drift";
import * as histories from "./stack/history";
import * as outputLists from "./stack/outputs";
import * as previews from "./stack/preview";
import * as refreshes from "./stack/refresh";
import * as unlocks from "./stack/unlock";
import * as ups from "./stack/up";
import * as switches from "./switch/switch";
import * as switchStatuses from "./switch/status";
import { openContext, type Env } from "./wiring";

export { classify, type Verdict } from "./gate/classify";
export { gateRules } from "./gate/rules";
export type { Context } from "./context";
export type { Change, Op } from "./model/change";
export { exitCodes, SlipwayError } from "./model/errors";
export type { Finding } from "./model/finding";
export { layers, type Layer } from "./model/layer";
export type { ReleaseProgress } from "./model/release/progress";
export type { Report } from "./model/report";
export type { Output } from "./ports/output";
export type { AbortOptions, WishOptions } from "./release/abort";
export type { DeployOptions } from "./release/deploy";
export type { ReleaseOptions } from "./release/release";
export type { RestartOptions } from "./release/restart";
export type { ResumeOptions } from "./release/resume";
export type { RollbackOptions } from "./release/rollback";
export type { WatchOptions } from "./release/watch";
export { openContext, type OpenContextOptions } from "./wiring";

/** Which environment, and where. */
export interface StackOptions {
  /** The name in `Pulumi.<stack>.yaml`. */
  readonly stack: string;
  /** The project's folder, or one below it. @default the working directory */
  readonly folder?: string;
  /** What the engine and AWS clients read. @default the process' own environment */
  readonly env?: Env;
  /** Told what happens; asked only when it is interactive. @default nobody */
  readonly output?: Output;
}

/** Makes a function of the driver one that a program can call with a stack's name. */
const forStack =
  <O extends object>(run: (context: Context, options: O) => Promise<Report>) =>
  async (options: O & StackOptions): Promise<Report> => {
    const { stack, folder = process.cwd(), env = process.env, output = quietOutput } = options;
    return run(await openContext({ stack, folder, env, output }), options);
  };

/** Shows what `up` would do. Failures of all these functions are `SlipwayError`s. */
export const preview = forStack(previews.preview);
/** Judges the pending changes; `exitCode` 1 in the report when one is blocked. */
export const gate = forStack(gates.gate);
/** Deploys the environment, behind the account guard and the gate: `up({ stack: "staging", yes: true })`. */
export const up = forStack(ups.up);
/** Takes over into the state what was changed elsewhere. */
export const refresh = forStack(refreshes.refresh);
/** Looks for what was changed elsewhere; `exitCode` 5 in the report when there is any. */
export const drift = forStack(drifts.drift);
/** Deletes the environment or one layer of it. */
export const destroy = forStack(destroys.destroy);
/** What the environment is called by; secrets stay hidden. */
export const outputs = forStack(outputLists.outputs);
/** Ends a run that another process left behind. */
export const cancel = forStack(cancels.cancel);
/** Who has changed the environment, when, and how it ended. */
export const history = forStack(histories.history);
/** Opens a lock that is one's own or whose holder is dead. */
export const unlock = forStack(unlocks.unlock);

/** Infrastructure and then images: `deploy({ stack: "staging", targets: ["v2"], yes: true })`; `exitCode` of the part that ended it. */
export const deploy = forStack(deploys.deploy);
/** Puts new images into services: `release({ stack: "staging", targets: ["web=v2"], yes: true })`; `exitCode` 10 when one went back. */
export const release = forStack(releases.release);
/** Goes back to a state that worked. */
export const rollback = forStack(rollbacks.rollback);
/** Starts all tasks of services anew with the same images. */
export const restart = forStack(restarts.restart);
/** Goes on with releases that nobody has in hand. */
export const resume = forStack((context, options: resumes.ResumeOptions) => resumes.resume(context, options));
/** Takes releases back, also those that another process runs; with `forget` only closes their records. */
export const abort = forStack(aborts.abort);
/** Goes past a pause or the rest of a watch, or makes a release that was left as it is go on. */
export const continueRelease = forStack(aborts.goOn);
/** Watches what was released lately, and takes it back when an alarm fires; `exitCode` 10 in the report then. */
export const watch = forStack(releaseWatches.watch);
/** Where releases stand, and who has them in hand. */
export const releaseStatus = forStack(statuses.releaseStatus);
/** What was released, by whom, and how it ended. */
export const releaseHistory = forStack(releaseHistories.releaseHistory);
/** How often, how fast and how well is released. */
export const releaseMetrics = forStack(figures.releaseMetrics);
/** States that worked, to go back to. */
export const rollbackPoints = forStack(pointLists.pointsList);
/** Forgets old rollback points. */
export const cleanupRollbackPoints = forStack(pointCleanups.pointsCleanup);

/** Gives the traffic of a name to the other of its two environments. */
export const switchEnvironment = forStack(switches.switchEnvironment);
/** Which environment of a name is active. */
export const switchStatus = forStack<object>(switchStatuses.switchStatus);

/** Which fleet. */
export interface FleetComponent {
  /** Of `slipway:fleets`. */
  readonly component: string;
}

/** Puts a new version on the instances of a fleet, one group after the other. */
export const fleetRelease = forStack(fleetReleases.fleetRelease);
/** Goes on with a run over a fleet that was killed. */
export const fleetResume = forStack(fleetResumes.fleetResume);
/** Takes the instances of a fleet back to a version before. */
export const fleetRollback = forStack(fleetRollbacks.fleetRollback);
/** What every instance of a fleet runs. */
export const fleetStatus = forStack((context, { component }: FleetComponent) =>
  fleetStatuses.fleetStatus(context, component),
);
/** Whether one instance of a fleet is healthy. */
export const fleetCheck = forStack((context, { component, instance }: FleetComponent & { readonly instance: string }) =>
  fleetChecks.fleetCheck(context, component, instance),
);
