import type { ResolvedEngine } from "../../../automation/adapters/engine-resolver";
import { engineHere, makeProbe, type Probe } from "./probe";

/** A building of the engine is waited for; it happens once on a machine. */
const engineMs = 1_800_000;

/** Hands each test of the suite a probe of its own and removes it; where no engine is to be had the suite is skipped. */
export function freshProbe(use: (probe: Probe) => void): void {
  let engine: ResolvedEngine | undefined;
  let probe: Probe | undefined;

  before(async function () {
    this.timeout(engineMs);
    engine = await engineHere();
    if (engine === undefined) this.skip();
  });

  beforeEach(() => {
    if (engine === undefined) return;
    probe = makeProbe(engine);
    use(probe);
  });

  afterEach(() => probe?.remove());
}
