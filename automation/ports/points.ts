import type { RollbackPoint } from "../model/release/rollback-point";

/** Rollback points of one stack. */
export interface Points {
  add(point: RollbackPoint): Promise<void>;
  /** Newest first. */
  list(): Promise<readonly RollbackPoint[]>;
  remove(id: string): Promise<void>;
}
