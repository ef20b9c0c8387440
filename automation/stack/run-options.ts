import type { Layer } from "../model/layer";
import type { EngineRunOptions } from "../ports/engine";

/** What part of an environment a command works on. */
export interface RunOptions {
  /** Only this layer. @default the whole environment */
  readonly layer?: Layer | undefined;
  /** Ask the cloud for the real state first. @default false */
  readonly refresh?: boolean;
}

/** The engine's own form of the options, without what was not given. */
export const runOptions = ({ layer, refresh = false }: RunOptions): EngineRunOptions => ({
  ...(layer === undefined ? {} : { layer }),
  refresh,
});

/** Stops the engine when the lock is lost. */
export const stopping = ({
  signal,
}: {
  readonly signal?: AbortSignal | undefined;
}): Pick<EngineRunOptions, "signal"> => (signal === undefined ? {} : { signal });
