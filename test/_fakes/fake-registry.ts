import type { ImageAnswer, Registry } from "../../automation/ports/registry";

/** Knows the images a test enters; of any other it cannot say. */
export class FakeRegistry implements Registry {
  /** By full reference. */
  readonly images = new Map<string, ImageAnswer>();
  /** For each of the next calls; null lets one through. */
  readonly failures: (Error | null)[] = [];

  constructor(private readonly log: string[] = []) {}

  async look(image: string): Promise<ImageAnswer> {
    this.log.push(`look ${image}`);
    const failure = this.failures.shift();
    if (failure != null) throw failure;
    return this.images.get(image) ?? { kind: "unknown", why: "no registry in this test" };
  }
}
