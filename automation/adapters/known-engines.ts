import { basename, join } from "node:path";
import { binaryName, type EngineCache } from "./engine-cache";
import type { CommandEnd, EngineHost } from "./engine-host";

type Env = Readonly<Record<string, string | undefined>>;

/** What a binary has said, as long as it is the same file. */
interface Known {
  readonly size: number;
  readonly mtimeMs: number;
  readonly printed: string;
}

/** A smaller file is a script that starts one of several engines, and which one may change without it. */
const smallestEngineBytes = 10_000_000;

/**
 * What `pulumi version` prints. A whole engine is started for it, a fifth of a second, so what a binary has said is kept
 * beside the cache until it is another file. What cannot be kept is asked again.
 */
export async function engineVersion(
  host: EngineHost,
  { root }: Pick<EngineCache, "root">,
  path: string,
  env: Env,
): Promise<CommandEnd> {
  const [real, facts] = [await host.realPath(path), await host.facts(path)];
  const isEngine =
    real !== undefined &&
    basename(real) === binaryName(host.platform) &&
    facts !== undefined &&
    facts.size >= smallestEngineBytes;
  const file = join(root, "known.json");
  const all = isEngine ? parseKnown(await host.readText(file)) : {};
  const known = real === undefined ? undefined : all[real];
  if (isEngine && known?.size === facts.size && known.mtimeMs === facts.mtimeMs)
    return { kind: "ended", code: 0, stdout: known.printed, stderr: "" };
  const end = await host.run({
    command: path,
    args: ["version"],
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutSeconds: 30,
  });
  if (isEngine && end.kind === "ended" && end.code === 0)
    await keep(host, root, file, { ...all, [real]: { ...facts, printed: end.stdout } });
  return end;
}

/** By a rename, so that nobody reads half of it. */
async function keep(
  host: EngineHost,
  root: string,
  file: string,
  known: Readonly<Record<string, Known>>,
): Promise<void> {
  const beside = `${file}.${host.processId}`;
  try {
    await host.makeFolder(root);
    await host.writeText(beside, `${JSON.stringify(known)}\n`);
    await host.rename(beside, file);
  } catch {
    // A cache that cannot be written to.
  }
}

function parseKnown(text: string | undefined): Readonly<Record<string, Known>> {
  if (text === undefined) return {};
  try {
    const all = JSON.parse(text) as Readonly<Record<string, Partial<Known>>> | null;
    const whole = Object.entries(all ?? {}).filter(
      (entry): entry is [string, Known] =>
        typeof entry[1].size === "number" &&
        typeof entry[1].mtimeMs === "number" &&
        typeof entry[1].printed === "string",
    );
    return Object.fromEntries(whole);
  } catch {
    return {};
  }
}
