/** Something that is to be done at a time. */
export interface Due {
  /** Milliseconds since 1970, in the sandbox's time. */
  at: number;
  /** Undefined for what is done once. */
  readonly everyMs: number | undefined;
  readonly work: () => void | Promise<void>;
  isRunning: boolean;
}

/** What is to be done, earliest first; what is due at one time in the order in which it was asked for. */
export class DueList {
  private readonly entries: Due[] = [];

  add(due: Due): void {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.entries[middle]?.at ?? 0) <= due.at) low = middle + 1;
      else high = middle;
    }
    this.entries.splice(low, 0, due);
  }

  remove(due: Due): void {
    const index = this.entries.indexOf(due);
    if (index >= 0) this.entries.splice(index, 1);
  }

  first(): Due | undefined {
    return this.entries[0];
  }

  /** Takes out all that are due by then. */
  takeUntil(at: number): readonly Due[] {
    const later = this.entries.findIndex((due) => due.at > at);
    return this.entries.splice(0, later < 0 ? this.entries.length : later);
  }
}
