import { statfs } from "node:fs/promises";
import { exitCodes, SlipwayError } from "../model/errors";

/**
 * The engine writes the state and a backup of it after every step, each as a new file beside the old one. Where that does
 * not fit, version 3.259 puts the part that did in the place of the whole state. A state of a thousand resources has
 * some 5 MB, so this is room for three of them.
 */
export const leastStateRoom = 16 * 1024 * 1024;

/** Bytes that this user may still write where a folder is; undefined when nobody can say. */
export async function roomAt(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

/** A disk that is nearly full; undefined where there is room, or where nobody can say. */
export function roomFault(stack: string, room: number | undefined): SlipwayError | undefined {
  if (room === undefined || room >= leastStateRoom) return undefined;
  const [found, wanted] = [room, leastStateRoom].map((bytes) => (bytes / 1024 / 1024).toFixed(1));
  return new SlipwayError({
    code: "disk-full",
    exitCode: exitCodes.failed,
    message: `The disk is full: ${found} MiB are left where the state of ${stack} is, and a run needs ${wanted} MiB to write it safely.`,
    remedy: "Nothing was changed. Make room, and run it again.",
  });
}
