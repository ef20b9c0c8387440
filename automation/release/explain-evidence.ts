import type { Context } from "../context";
import type { Slot } from "../../infra/releases";
import type { TargetView } from "../model/release/observed";
import type { ServicePlan } from "../model/release/plan";
import type { StoppedTask } from "../ports/containers";

export type EvidencePorts = Pick<Context, "containers" | "metrics" | "traffic">;

export type StoppedContainer = StoppedTask["containers"][number];

/** What could be learnt about the tasks of one deployment. */
export interface Evidence {
  /** Tasks of the deployment that failed, newest first. */
  readonly failed: readonly StoppedTask[];
  /** What ECS says of the deployment itself; empty when it says nothing. */
  readonly rollout: string;
  /** Events since the deployment began that tell of trouble, newest first. */
  readonly events: readonly string[];
  readonly targets: readonly TargetView[];
  /** Last lines of the container that ended first, of the newest failed task; null when none has run. */
  readonly log: { readonly container: string; readonly lines: readonly string[] } | null;
  /** Questions that AWS did not answer, and why. */
  readonly unanswered: readonly string[];
}

/** More than these repeat themselves. */
const mostTasks = 10;
const logLines = 10;

/** Asks everything at once; what cannot be asked is told, and never an error. */
export async function gatherEvidence(
  { containers, metrics, traffic }: EvidencePorts,
  plan: ServicePlan,
  slot: Slot,
  deploymentId: string,
): Promise<Evidence> {
  const unanswered: string[] = [];
  const ask = async <T>(what: string, question: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await question();
    } catch (error) {
      unanswered.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return otherwise;
    }
  };
  const { serviceName, targetGroups } = plan.slots[slot] ?? { serviceName: "", targetGroups: [] };
  const service = { cluster: plan.cluster, serviceName };
  const [stopped, [view], targets] = await Promise.all([
    ask("stopped tasks", () => containers.stoppedTasks(service, mostTasks, deploymentId), []),
    ask("events", () => containers.describe(plan.cluster, [serviceName]), []),
    Promise.all(targetGroups.map((group) => ask("target health", () => traffic.targets(group), []))),
  ]);
  const failed = stopped.filter(hasFailed);
  const deployment = view?.deployments.find(({ id }) => id === deploymentId);
  const ended = failed.flatMap((task) => endedFirst(task) ?? [])[0];
  const log = ended && (await ask(`log of ${ended.name}`, () => lastLines(metrics, ended), null));
  return {
    failed,
    rollout: deployment?.rolloutState === "FAILED" ? deployment.rolloutStateReason : "",
    events: (view?.events ?? [])
      .filter(({ at, message }) => trouble.test(message) && isSince(at, deployment?.createdAt))
      .map(({ message }) => message),
    targets: targets.flat(),
    log: log ?? null,
    unanswered: [...new Set(unanswered)],
  };
}

/** Words in the events of a service that does not get on. */
const trouble = /\bfail|unhealthy|error|throttl|unable|missing|alarm detected|rolling back/i;

/** An event of before the deployment says nothing about it; without its beginning they all may. */
const isSince = (at: string, begin: string | undefined): boolean =>
  begin === undefined || Date.parse(at) >= Date.parse(begin);

/** Stopped for fewer tasks, by somebody, or taken back by AWS: that is not the version's fault. */
const notItsFault = /^Scaling activity initiated|Spot Task was interrupted|performing maintenance/i;
const notItsFaultCodes: ReadonlySet<string | null> = new Set([
  "UserInitiated",
  "SpotInterruption",
  "TerminationNotice",
]);

const hasFailed = ({ stopCode, stoppedReason }: StoppedTask): boolean =>
  !notItsFaultCodes.has(stopCode) && !notItsFault.test(stoppedReason);

/** The container that took the others along: they are stopped after it, and end with 137 or 143. */
export function endedFirst({ containers }: StoppedTask): StoppedContainer | undefined {
  const ended = containers.filter(({ exitCode }) => exitCode !== null);
  return (
    ended.find(({ reason }) => reason !== "") ??
    ended.find(({ exitCode }) => exitCode !== 0 && exitCode !== 137 && exitCode !== 143) ??
    ended.find(({ exitCode }) => exitCode !== 143) ??
    ended[0]
  );
}

async function lastLines(
  metrics: EvidencePorts["metrics"],
  { name, logGroup, logStream }: StoppedContainer,
): Promise<Evidence["log"]> {
  if (logGroup === null || logStream === null) return null;
  return { container: name, lines: await metrics.lastLines(logGroup, logStream, logLines) };
}
