/** Where the engine was found, and which it is. */
export interface ResolvedEngine {
  /** Absolute path of the `pulumi` binary. */
  readonly path: string;
  /** Without a leading `v`. */
  readonly version: string;
  readonly source: "path" | "cache" | "download" | "build";
}

export interface ResolveEngineOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told what is tried and how long it takes, one line at a time. */
  readonly say: (line: string) => void;
  /** Folder that holds `tools/engine`. @default found from this file */
  readonly root?: string;
}

/** Finds the engine, or gets it: PATH, own cache, official download, build from the Go module proxy. */
export async function resolveEngine(options: ResolveEngineOptions): Promise<ResolvedEngine> {
  throw new Error(`not yet: ${Object.keys(options).join()}`);
}
