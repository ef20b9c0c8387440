import type { Releases } from "../../infra/releases";
import type { Layer } from "../model/layer";
import type { EngineRunOptions } from "../ports/engine";

/** What part of an environment a command works on. */
export interface RunOptions {
  /** Only this layer. @default the whole environment */
  readonly layer?: Layer | undefined;
  /** Ask the cloud for the real state first. @default false */
  readonly refresh?: boolean;
  /** What services begin with that the stack does not know yet. @default the images of their configuration */
  readonly firstReleases?: Releases | undefined;
}

/** The engine's own form of the options, without what was not given. */
export const runOptions = ({ layer, refresh = false, firstReleases }: RunOptions): EngineRunOptions => ({
  ...(layer === undefined ? {} : { layer }),
  ...(firstReleases === undefined ? {} : { firstReleases }),
  refresh,
});

/** Stops the engine when the lock is lost. */
export const stopping = ({
  signal,
}: {
  readonly signal?: AbortSignal | undefined;
}): Pick<EngineRunOptions, "signal"> => (signal === undefined ? {} : { signal });
