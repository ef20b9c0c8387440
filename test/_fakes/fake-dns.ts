import type { Weights } from "../../automation/model/release/plan";
import type { SharedName } from "../../automation/model/switch/plan";
import type { Dns, WeightedRecord } from "../../automation/ports/dns";

/** Two records that keep the weights they are given; a change is everywhere as soon as it is asked for. */
export class FakeDns implements Dns {
  records: readonly WeightedRecord[] = (["blue", "green"] as const).map((setIdentifier) => ({
    setIdentifier,
    weight: setIdentifier === "blue" ? 100 : 0,
    alias: `${setIdentifier}.www.shop.example`,
  }));
  /** For each of the next calls, whatever it is; null lets one through. */
  readonly failures: (Error | null)[] = [];
  /** What `isInSync` says of a change. */
  isEverywhere: (change: string) => boolean = () => true;
  private changes = 0;

  constructor(private readonly log: string[] = []) {}

  async weighted(): Promise<readonly WeightedRecord[]> {
    this.note("weighted");
    return this.records;
  }

  async weigh({ name }: SharedName, weights: Weights): Promise<string> {
    this.note(`weigh ${name} blue ${weights.blue} green ${weights.green}`);
    this.records = this.records.map((record) => ({
      ...record,
      weight: weights[record.setIdentifier === "green" ? "green" : "blue"],
    }));
    this.changes += 1;
    return `/change/C${this.changes}`;
  }

  async isInSync(change: string): Promise<boolean> {
    this.note(`isInSync ${change}`);
    return this.isEverywhere(change);
  }

  private note(what: string): void {
    this.log.push(what);
    const failure = this.failures.shift();
    if (failure != null) throw failure;
  }
}
