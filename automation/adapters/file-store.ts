import { randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { absent, type Removed, type Store, type Written } from "../ports/store";
import { storeError } from "./store-error";

/**
 * Values as files of one machine, or of a file system that machines share. Each write of a key makes a new file, the
 * next generation: `staging.json`, `staging.json.2`, `staging.json.3`. Making it is `link`, which only one process can do
 * for one name, and which shows a file that is already whole; so there is no guard that a killed process could leave
 * behind. An empty generation says that the value is deleted. Older generations are swept away.
 */
export function fileStore(folder: string): Store {
  const pathOf = (key: string, generation = 1): string => join(folder, fileName(key, generation));
  return guarded(folder, {
    place: folder,
    async get(key) {
      // The newest may be swept between the look and the read; then there is a newer one.
      for (;;) {
        const newest = await newestOf(folder, key);
        if (newest === 0) return undefined;
        const value = await readFile(pathOf(key, newest), "utf8").catch(ifMissing);
        if (value !== undefined) return value === "" ? undefined : { value, version: String(newest) };
      }
    },
    async put(key, value, expected) {
      if (value === "") throw new Error("an empty value is how a deleted one looks");
      const newest = await newestOf(folder, key);
      if (expected !== absent)
        return newest === Number(expected) ? writeGeneration(folder, key, value, newest) : { kind: "conflict" };
      if (newest > 0 && !(await isDeleted(pathOf(key, newest)))) return { kind: "conflict" };
      return writeGeneration(folder, key, value, newest);
    },
    async list(prefix) {
      const parent = dirname(`${prefix}x`);
      const names = await readdir(join(folder, parent), { recursive: true, encoding: "utf8" }).catch(ifMissing);
      const newest = new Map<string, number>();
      for (const name of names ?? []) {
        const { key, generation } = parseName(join(parent, name));
        if (isKey(key, prefix)) newest.set(key, Math.max(generation, newest.get(key) ?? 0));
      }
      const there = await Promise.all(
        [...newest].map(async ([key, generation]) =>
          generation > 1 && (await isDeleted(pathOf(key, generation))) ? [] : [key],
        ),
      );
      return there.flat().sort();
    },
    async delete(key, expected): Promise<Removed> {
      if ((await newestOf(folder, key)) !== Number(expected)) return { kind: "conflict" };
      const { kind } = await writeGeneration(folder, key, "", Number(expected));
      return { kind };
    },
  });
}

/**
 * So many generations stay. A writer that was asleep while as many were made cannot tell its own place from one that
 * was swept, so it is told that it lost.
 */
const kept = 16;

/** A file of a write that was killed is litter after this long. */
const litterMs = 3_600_000;

const fileName = (key: string, generation: number): string => (generation === 1 ? key : `${key}.${generation}`);

function parseName(file: string): { readonly key: string; readonly generation: number } {
  const [, key, generation] = /^(.*\.json)(?:\.(\d+))?$/.exec(file.replaceAll("\\", "/")) ?? [];
  return { key: key ?? "", generation: Number(generation ?? 1) };
}

const isKey = (key: string, prefix: string): boolean =>
  key.startsWith(prefix) && key.endsWith(".json") && !basename(key).startsWith(".");

/** Makes the generation after `before`; of all that try, one can. */
async function writeGeneration(folder: string, key: string, value: string, before: number): Promise<Written> {
  const path = join(folder, fileName(key, before + 1));
  const whole = join(dirname(path), `.writing-${randomUUID()}`);
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeWhole(whole, value);
    const isFirst = await link(whole, path).then(
      () => true,
      (error: NodeJS.ErrnoException) => (error.code === "EEXIST" ? false : Promise.reject(error)),
    );
    if (!isFirst) return { kind: "conflict" };
    const newest = await newestOf(folder, key);
    if (newest >= before + 1 + kept) {
      await unlink(path).catch(ifMissing);
      return { kind: "conflict" };
    }
  } finally {
    await unlink(whole).catch(ifMissing);
  }
  await sweep(folder, key, before + 1).catch(() => undefined);
  return { kind: "ok", version: String(before + 1) };
}

/** On disk before it has a name that counts. */
async function writeWhole(path: string, value: string): Promise<void> {
  const file = await open(path, "wx", 0o644);
  try {
    await file.writeFile(value);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function generationsOf(folder: string, key: string): Promise<readonly number[]> {
  const name = basename(key);
  const names = (await readdir(join(folder, dirname(key))).catch(ifMissing)) ?? [];
  return names.flatMap((one) => {
    if (one === name) return [1];
    const [, generation] = one.startsWith(`${name}.`) ? (/^\.(\d+)$/.exec(one.slice(name.length)) ?? []) : [];
    return generation === undefined ? [] : [Number(generation)];
  });
}

const newestOf = async (folder: string, key: string): Promise<number> =>
  Math.max(0, ...(await generationsOf(folder, key)));

const isDeleted = async (path: string): Promise<boolean> => ((await stat(path).catch(ifMissing))?.size ?? 1) === 0;

async function sweep(folder: string, key: string, newest: number): Promise<void> {
  const old = (await generationsOf(folder, key)).filter((generation) => generation <= newest - kept);
  for (const generation of old.sort((a, b) => a - b))
    await unlink(join(folder, fileName(key, generation))).catch(ifMissing);
  if (newest % kept !== 0) return;
  const parent = join(folder, dirname(key));
  for (const name of (await readdir(parent)).filter((one) => one.startsWith(".writing-"))) {
    const written = (await stat(join(parent, name)).catch(ifMissing))?.mtimeMs ?? Date.now();
    if (Date.now() - written > litterMs) await unlink(join(parent, name)).catch(ifMissing);
  }
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}

/** What the file system refuses is told with what can be done about it. */
function guarded(place: string, store: Store): Store {
  const told = (error: unknown): never => {
    throw storeError(
      place,
      error,
      "This user must be able to write files there, on a file system with hard links. Or keep the records in S3: `slipway:records` in docs/configuration.md.",
    );
  };
  return {
    place,
    get: (key) => store.get(key).catch(told),
    put: (key, value, expected) => store.put(key, value, expected).catch(told),
    list: (prefix) => store.list(prefix).catch(told),
    delete: (key, expected) => store.delete(key, expected).catch(told),
  };
}
