/** Time that passes as fast as its work can be done. */
export class FakeWorld {
  private time = 0;
  private order = 0;
  private readonly due: { readonly at: number; readonly order: number; readonly work: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(ms: number, work: () => void): void {
    this.due.push({ at: this.time + ms, order: this.order++, work });
  }

  /** Until nothing is due any more. */
  run(): void {
    while (this.due.length > 0) {
      this.due.sort((a, b) => b.at - a.at || b.order - a.order);
      const next = this.due.pop();
      if (!next) return;
      this.time = Math.max(this.time, next.at);
      next.work();
    }
  }
}
