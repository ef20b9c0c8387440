import type { RollbackPoint } from "../../automation/model/release/rollback-point";
import type { Points } from "../../automation/ports/points";

/** Keeps rollback points in memory. */
export class FakePoints implements Points {
  readonly points = new Map<string, RollbackPoint>();
  /** Thrown by every call while it is set. */
  failure: Error | undefined;

  constructor(private readonly log: string[] = []) {}

  async add(point: RollbackPoint): Promise<void> {
    this.check();
    this.log.push(`point ${point.id}`);
    this.points.set(point.id, point);
  }

  async list(): Promise<readonly RollbackPoint[]> {
    this.check();
    return [...this.points.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.id < b.id ? 1 : -1));
  }

  async remove(id: string): Promise<void> {
    this.check();
    this.log.push(`remove point ${id}`);
    this.points.delete(id);
  }

  private check(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}
