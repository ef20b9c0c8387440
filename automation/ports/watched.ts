import type { EngineProgress } from "./engine";
import type { Output, RunKind } from "./output";

/** Runs something of the engine under a live view, which ends with it, however it ends. */
export async function watched<T>(
  output: Output,
  title: string,
  run: (onProgress: (event: EngineProgress) => void) => Promise<T>,
  kind: RunKind = "update",
): Promise<T> {
  const view = output.progress(title, kind);
  try {
    return await run(view.onProgress);
  } finally {
    view.end();
  }
}
