import { delimiter, dirname, isAbsolute, join } from "node:path";
import { exitCodes, SlipwayError } from "../model/errors";
import { binaryName, engineCache, inspectCache, publish, type EngineCache } from "./engine-cache";
import type { EngineHost } from "./engine-host";
import { engineSources, type EngineSource } from "./engine-sources";
import { judgeVersion, pinnedVersion } from "./engine-version";
import { engineVersion } from "./known-engines";
import { systemEngineHost } from "./system-engine-host";

/** Where the engine was found, and which it is. */
export interface ResolvedEngine {
  /** Absolute path of the `pulumi` binary. */
  readonly path: string;
  /** Without a leading `v`. */
  readonly version: string;
  readonly source: "path" | "cache" | "download" | "build";
}

export interface ResolveEngineOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told what is tried and how long it takes, one line at a time. Nothing when PATH or the cache has it. */
  readonly say: (line: string) => void;
  /** Folder that holds `tools/engine`. @default found from this file */
  readonly root?: string;
}

/** A way that did not lead to an engine. */
interface Attempt {
  readonly way: string;
  readonly reason: string;
}

/**
 * Finds the engine, or gets it: PATH, own cache, official download, build from the Go module proxy.
 *
 * @throws SlipwayError `engine-missing`, with what was tried and why it did not work
 */
export async function resolveEngine(
  options: ResolveEngineOptions,
  host: EngineHost = systemEngineHost,
): Promise<ResolvedEngine> {
  const { env, say } = options;
  const attempts: Attempt[] = [];
  const onPath = await fromPath(host, env);
  if (onPath.kind === "found") return onPath.engine;
  attempts.push({ way: "PATH", reason: onPath.reason });
  if (onPath.isOther) say(`Engine: \`pulumi\` on PATH is not used: ${onPath.reason}.`);

  const cache = engineCache(env, host);
  const cached = await inspectCache(host, cache, env);
  if (cached.kind === "usable") return { path: cache.binary, version: cached.version, source: "cache" };
  await host.makeFolder(cache.root);
  const onWait = (): void => say("Engine: another process is getting it; waiting for that one to finish.");
  return host.withLock(cache.lock, onWait, () => getEngine(host, cache, options, attempts));
}

/** Under the lock: nobody else writes to the cache now, so all that is unfinished in it is left over from a killed process. */
async function getEngine(
  host: EngineHost,
  cache: EngineCache,
  options: ResolveEngineOptions,
  attempts: Attempt[],
): Promise<ResolvedEngine> {
  const { env, say } = options;
  const cached = await inspectCache(host, cache, env);
  if (cached.kind === "usable") return { path: cache.binary, version: cached.version, source: "cache" };
  if (cached.kind === "broken")
    say(`Engine: the one in ${cache.folder} is broken (${cached.reason}) and is made anew.`);
  attempts.push({
    way: `cache ${cache.folder}`,
    reason: cached.kind === "broken" ? cached.reason : "nothing there yet",
  });
  const leftOver = (await host.list(cache.root)).filter((name) => name.startsWith(".staging-"));
  for (const name of leftOver) await host.remove(join(cache.root, name));
  for (const source of engineSources) {
    say(source.announcement);
    const start = host.now();
    const outcome = await obtain(host, cache, source, options);
    const seconds = Math.round((host.now() - start) / 1000);
    if (outcome.kind === "usable") {
      say(`Engine: v${outcome.version} is ready after ${seconds} s, kept in ${cache.folder}.`);
      return { path: cache.binary, version: outcome.version, source: source.name };
    }
    say(`Engine: the ${source.name} did not work after ${seconds} s: ${outcome.reason}`);
    attempts.push({ way: source.name, reason: outcome.reason });
  }
  throw engineMissing(attempts);
}

type Obtained =
  { readonly kind: "usable"; readonly version: string } | { readonly kind: "failed"; readonly reason: string };

async function obtain(
  host: EngineHost,
  cache: EngineCache,
  source: EngineSource,
  { env, root }: ResolveEngineOptions,
): Promise<Obtained> {
  const staging = join(cache.root, `.staging-${source.name}-${host.processId}`);
  try {
    await host.makeFolder(join(staging, "bin"));
    const reason = await source.fetch({ host, env, root: root ?? packageRoot(), into: staging });
    if (reason !== undefined) return { kind: "failed", reason };
    const verdict = await publish(host, cache, staging, source.name, env);
    if (verdict.kind === "usable") return verdict;
    return { kind: "failed", reason: verdict.kind === "broken" ? verdict.reason : "no binary came out of it" };
  } finally {
    await host.remove(staging);
  }
}

type OnPath =
  | { readonly kind: "found"; readonly engine: ResolvedEngine }
  | { readonly kind: "none"; readonly reason: string; readonly isOther: boolean };

async function fromPath(host: EngineHost, env: ResolveEngineOptions["env"]): Promise<OnPath> {
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => isAbsolute(folder));
  for (const folder of folders) {
    const path = join(folder, binaryName(host.platform));
    if (!(await host.isExecutable(path))) continue;
    const end = await engineVersion(host, engineCache(env, host), path, env);
    if (end.kind !== "ended" || end.code !== 0) return { kind: "none", reason: `${path} does not run`, isOther: true };
    const verdict = judgeVersion(end.stdout);
    if (verdict.kind === "usable") return { kind: "found", engine: { path, version: verdict.version, source: "path" } };
    return { kind: "none", reason: `${path}: ${verdict.reason}`, isOther: true };
  }
  return { kind: "none", reason: "there is no `pulumi` on it", isOther: false };
}

/** The sources run from `automation/adapters`, the compiled package from `dist/automation/adapters`. */
function packageRoot(): string {
  const above = join(__dirname, "..", "..");
  return above.endsWith("dist") ? dirname(above) : above;
}

function engineMissing(attempts: readonly Attempt[]): SlipwayError {
  return new SlipwayError({
    code: "engine-missing",
    exitCode: exitCodes.failed,
    message: [
      "No Pulumi engine could be found or made. Tried:",
      ...attempts.map(({ way, reason }) => `  ${way}: ${reason}`),
    ].join("\n"),
    remedy: `Install Pulumi (https://www.pulumi.com/docs/install/) so that \`pulumi version\` prints v${pinnedVersion} or a later v3, or install Go, with which Slipway builds it.`,
    data: { attempts },
  });
}
