/** A value together with the version that a change of it must name. */
export interface Stored {
  readonly value: string;
  /** Changes with every write of another value, and need not with one of the same; compared, never read. */
  readonly version: string;
}

export type Written = { readonly kind: "ok"; readonly version: string } | { readonly kind: "conflict" };
export type Removed = { readonly kind: "ok" } | { readonly kind: "conflict" };

/**
 * Small texts, never empty, under keys such as `locks/shop/staging.json` (all end in `.json`), with compare-and-swap: of
 * two writers that expect the same version one is told `ok` and the other `conflict`. Whoever cannot reach it gets a
 * `SlipwayError`.
 */
export interface Store {
  /** Where it is, for messages: `s3://bucket/prefix` or a folder. */
  readonly place: string;
  get(key: string): Promise<Stored | undefined>;
  /**
   * Writes the whole value or nothing, also when the process is killed in the middle of it.
   *
   * @param expected the version that was read, or `absent`
   */
  put(key: string, value: string, expected: string): Promise<Written>;
  /** Keys that begin with `prefix`, in their order as text. */
  list(prefix: string): Promise<readonly string[]>;
  delete(key: string, expected: string): Promise<Removed>;
}

/** Expected of a key that must not be there yet. */
export const absent = "absent";
