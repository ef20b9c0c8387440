import { createHash, randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname, networkInterfaces, userInfo } from "node:os";
import type { Machine, ProcessId } from "../ports/machine";

/** The machine this process runs on. */
export function thisMachine(env: Readonly<Record<string, string | undefined>>): Machine {
  const { pid } = process;
  return {
    id: machineId(),
    host: hostname(),
    user: userName(env),
    ci: ciRun(env),
    now: () => new Date(),
    self: { pid, ...startOf(pid) },
    randomId: () => randomBytes(8).toString("hex"),
    isAlive,
  };
}

/**
 * On Linux the boot and the numbering of processes: containers of one machine have numberings of their own, and host
 * names of containers and CI runners are often all the same. Elsewhere the host's name with its network hardware.
 */
function machineId(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot}/${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    const hardware = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .flatMap(({ internal, mac }) => (internal ? [] : [mac]));
    const known = [hostname(), ...new Set(hardware)].sort().join(" ");
    return createHash("sha256").update(known).digest("hex").slice(0, 32);
  }
}

/** A user without a name in the user database is what containers have. */
function userName(env: Readonly<Record<string, string | undefined>>): string {
  try {
    return userInfo().username;
  } catch {
    return env["USER"] ?? String(process.getuid?.() ?? "unknown");
  }
}

/** Where a run can be looked at, by CI system: the variables that each documents. */
const ciSystems: readonly ((env: Readonly<Record<string, string | undefined>>) => string | undefined)[] = [
  ({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run }) =>
    server === undefined || repository === undefined || run === undefined
      ? undefined
      : `${server}/${repository}/actions/runs/${run}`,
  ({ CI_JOB_URL: job }) => job,
  ({ BUILD_URL: build }) => build,
  ({ CIRCLE_BUILD_URL: build }) => build,
  ({ BUILDKITE_BUILD_URL: build }) => build,
  ({ CODEBUILD_BUILD_ID: build }) => build,
  ({ CI: ci }) => (ci === undefined || ci === "" || ci === "false" ? undefined : "CI"),
];

export function ciRun(env: Readonly<Record<string, string | undefined>>): string | undefined {
  for (const system of ciSystems) {
    const run = system(env);
    if (run !== undefined) return run;
  }
  return undefined;
}

function isAlive({ pid, startedAt }: ProcessId): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // A process of somebody else may not be signalled, which proves that it is there.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const now = statOf(pid);
  if (now === undefined) return true;
  // A killed process stays in the table until its parent asks for it, and a number is given again.
  return now.state !== "Z" && now.state !== "X" && (startedAt === undefined || startedAt === now.startedAt);
}

function startOf(pid: number): Pick<ProcessId, "startedAt"> {
  const found = statOf(pid);
  return found === undefined ? {} : { startedAt: found.startedAt };
}

/** Fields 3 and 22 of `/proc/<pid>/stat` (proc(5)); the name before them is in parentheses and may hold anything. */
function statOf(pid: number): { readonly state: string; readonly startedAt: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [state, startedAt] = [fields[0], fields[19]];
    return state === undefined || startedAt === undefined ? undefined : { state, startedAt };
  } catch {
    return undefined;
  }
}
