import { isChange, type Change } from "../../../automation/model/change";
import type { Engine, EngineRunOptions } from "../../../automation/ports/engine";

/** Name and operation of every change. */
export const brief = (changes: readonly Change[]): readonly string[] =>
  changes
    .filter(isChange)
    .map(({ op, name }) => `${op} ${name}`)
    .sort();

/** Previews and applies; gives what was applied. */
export async function deploy(engine: Engine, options: EngineRunOptions = {}): Promise<readonly string[]> {
  const { planFile } = await engine.preview(options);
  try {
    return brief((await engine.up({ ...options, planFile })).changes);
  } finally {
    await engine.discardPlan(planFile);
  }
}
