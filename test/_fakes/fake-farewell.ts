import type { Farewell } from "../../automation/ports/farewell";

/** Remembers what is left to do, for a test to do it. */
export class FakeFarewell implements Farewell {
  readonly left = new Set<() => Promise<void>>();

  before(last: () => Promise<void>): () => void {
    this.left.add(last);
    return () => void this.left.delete(last);
  }
}
