import type { EngineProgress } from "./engine";
import type { Output } from "./output";

/** Runs something of the engine under a live view, which ends with it, however it ends. */
export async function watched<T>(
  output: Output,
  title: string,
  run: (onProgress: (event: EngineProgress) => void) => Promise<T>,
): Promise<T> {
  const view = output.progress(title);
  try {
    return await run(view.onProgress);
  } finally {
    view.end();
  }
}
