import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { lock } from "proper-lockfile";

/** A holder that was killed is noticed after this long; a living one renews its lock in half the time. */
const staleMs = 10_000;
const retryMs = 250;

/**
 * Runs `work` while no other process does the same; waits for the other one.
 *
 * @param waitSeconds after which it gives up with proper-lockfile's own error (code ELOCKED). Installing Python packages
 * takes half a minute on two cores, several minutes on a slow line. @default 600
 */
export async function withLock<T>(path: string, work: () => Promise<T>, waitSeconds = 600): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const retries = {
    retries: Math.ceil((waitSeconds * 1000) / retryMs),
    factor: 1,
    minTimeout: retryMs,
    maxTimeout: retryMs,
  };
  // proper-lockfile knows its locks by the first argument: two locks on one folder would be the same one to it.
  const release = await lock(path, { lockfilePath: path, realpath: false, stale: staleMs, retries });
  try {
    return await work();
  } finally {
    await release();
  }
}
