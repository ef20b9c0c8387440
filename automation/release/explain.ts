import type { Slot } from "../../infra/releases";
import { redact } from "../model/redact";
import type { CrashView } from "../model/release/observed";
import type { ServicePlan } from "../model/release/plan";
import type { StoppedTask } from "../ports/containers";
import { endedFirst, gatherEvidence, type Evidence, type EvidencePorts } from "./explain-evidence";
import { symptoms, type Depth, type Source, type SymptomName } from "./explain-symptoms";

/**
 * Why the tasks of a deployment do not stay up: what is most likely, what to do, and what it is concluded from. Never
 * fails itself: what AWS does not answer is said so. Values that look like secrets are taken out of all of it.
 */
export async function explainCrash(
  ports: EvidencePorts,
  plan: ServicePlan,
  slot: Slot,
  deploymentId: string,
): Promise<CrashView> {
  const evidence = await gatherEvidence(ports, plan, slot, deploymentId);
  return { stopped: evidence.failed.length, text: describeEvidence(plan.service, evidence) };
}

/** More lines of a kind than that bury the others. */
const most = { symptoms: 2, reasons: 3, exits: 2, targets: 2, events: 3 };
const longestLine = 300;

/** The finished text, at most some 25 lines. */
export function describeEvidence(service: string, evidence: Evidence): string {
  const told = tell(evidence);
  const found = findSymptoms(told).slice(0, most.symptoms);
  const { failed, log, unanswered } = evidence;
  const count = failed.length === 0 ? "No task has stopped by itself" : `${plural(failed.length, "task")} failed`;
  const lines = [
    `${service}: ${count}.`,
    ...found.flatMap((name) => [symptoms[name].means, `  -> ${symptoms[name].advice}`]),
    ...told.stop.slice(0, most.reasons).map((line) => `  Stopped: ${line}`),
    ...told.exit.slice(0, most.exits).map((line) => `  Ended: ${line}`),
    ...told.target.slice(0, most.targets).map((line) => `  Targets: ${line}`),
    ...told.event.slice(0, most.events).map((line) => `  ECS: ${line}`),
    ...(told.log.length === 0 ? [] : [`  Last lines of ${log?.container}:`, ...told.log.map((line) => `    ${line}`)]),
    ...unanswered.map((what) => `  Not known: ${redact(what)}`),
  ];
  return lines.map((line) => (line.length > longestLine ? `${line.slice(0, longestLine - 3)}...` : line)).join("\n");
}

type Told = Readonly<Record<Source, readonly string[]>>;

/** Every source as lines without secrets and repetitions. */
function tell({ failed, rollout, events, targets, log }: Evidence): Told {
  const unwell = targets.filter(({ state }) => state === "unhealthy" || state === "unavailable");
  return {
    stop: counted(failed.map(stopOf).map(redact)),
    exit: counted(failed.flatMap(exitOf).map(redact)),
    target: counted(unwell.map(({ state, reason }) => redact(`${state}${reason === "" ? "" : `: ${reason}`}`))),
    event: counted([...(rollout === "" ? [] : [rollout]), ...events].map(redact)),
    // Redacted as a whole: a key in several lines is known by its first.
    log:
      log === null
        ? []
        : redact(log.lines.map((line) => line.trimEnd()).join("\n"))
            .split("\n")
            .filter((line) => line !== ""),
  };
}

/** Those of the greatest depth that was found, in the order of the table: a crash makes targets unhealthy, too. */
function findSymptoms(told: Told): readonly SymptomName[] {
  const names = Object.keys(symptoms) as SymptomName[];
  const found = names.filter((name) => {
    const { in: sources, pattern } = symptoms[name];
    return sources.some((source) => told[source].some((line) => pattern.test(line)));
  });
  const deepest = depths.find((depth) => found.some((name) => symptoms[name].depth === depth));
  return found.filter((name) => symptoms[name].depth === deepest);
}

const depths: readonly Depth[] = ["cause", "end", "sight"];

const stopOf = ({ stopCode, stoppedReason, containers }: StoppedTask): string => {
  const reasons = containers.map(({ reason }) => reason).filter((reason) => reason !== "" && reason !== stoppedReason);
  // "Task failed to start" has its reason at the container; an exit is told by itself.
  const detail = stopCode === "TaskFailedToStart" ? reasons : [];
  return [stopCode ?? "unknown", stoppedReason, ...detail].filter((part) => part !== "").join(": ");
};

function exitOf(task: StoppedTask): readonly string[] {
  const container = endedFirst(task);
  // Who was stopped has a code as well, and it proves nothing.
  if (container === undefined || container.exitCode === null || !ownEnd.has(task.stopCode)) return [];
  const { name, exitCode, reason } = container;
  const memory = /OutOfMemory|memory usage/i.test(reason);
  const meaning = exitCode === 137 && memory ? "out of memory" : (exitMeanings[exitCode] ?? "an error of the program");
  return [`${name} with exit code ${exitCode} (${meaning})${reason === "" ? "" : `: ${reason}`}`];
}

const ownEnd: ReadonlySet<string | null> = new Set(["EssentialContainerExited", null]);

/** What shells and the container runtime mean by a code. */
const exitMeanings: Readonly<Record<number, string>> = {
  0: "no error, but a service must not end",
  1: "an error of the program",
  2: "wrong arguments, or an error of the program",
  126: "the command cannot be executed",
  127: "the command is not in the image",
  134: "it aborted itself",
  137: "SIGKILL: not ended within the stop timeout, or killed from outside",
  139: "SIGSEGV: a crash in native code",
  143: "SIGTERM: it was told to stop",
};

/** Alike but for the ids in them: told once, with how often. The order stays. */
function counted(lines: readonly string[]): readonly string[] {
  const known = new Map<string, { readonly line: string; count: number }>();
  for (const line of lines) {
    const key = line.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{17,}|ecs-svc\/\d+/gi, "#");
    const entry = known.get(key) ?? { line, count: 0 };
    entry.count += 1;
    known.set(key, entry);
  }
  return [...known.values()].map(({ line, count }) => (count === 1 ? line : `${count} x ${line}`));
}

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
