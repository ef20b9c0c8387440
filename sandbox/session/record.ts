import { readFile, rename, rm, writeFile } from "node:fs/promises";

/** Who runs. Written by the supervisor when everything listens. */
export interface SessionRecord {
  /** Process id of the supervisor. */
  readonly pid: number;
  /** Of the front, on 127.0.0.1. */
  readonly port: number;
  /** Names the cloud; see `ControlPlane`. */
  readonly epoch: string;
  /** ISO time. */
  readonly startedAt: string;
}

/** Undefined when there is none, or when it cannot be read: both mean that nothing is known to run. */
export async function readRecord(file: string): Promise<SessionRecord | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as SessionRecord;
  } catch {
    return undefined;
  }
}

/** All or nothing, so that a reader never sees half a record. */
export async function writeRecord(file: string, record: SessionRecord): Promise<void> {
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, JSON.stringify(record, null, 2));
  await rename(beside, file);
}

export const removeRecord = async (file: string): Promise<void> => rm(file, { force: true });
