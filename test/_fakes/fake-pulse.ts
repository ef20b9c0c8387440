import type { Pulse } from "../../automation/ports/pulse";

/** Beats when it is told to. */
export class FakePulse implements Pulse {
  private readonly beats = new Set<() => void>();

  every(_ms: number, beat: () => void): () => void {
    this.beats.add(beat);
    return () => void this.beats.delete(beat);
  }

  /** How many are running. */
  get running(): number {
    return this.beats.size;
  }

  beat(): void {
    for (const beat of this.beats) beat();
  }
}
