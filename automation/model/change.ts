/** What happens to one resource, after the engine's steps of a replacement have been folded into one. */
export type Op =
  "create" | "update" | "replace" | "delete" | "read" | "refresh" | "same" | "discard" | "import" | "other";

/** One resource of a preview or an update. */
export interface Change {
  readonly urn: string;
  /** Pulumi type token, for example `aws:rds/instance:Instance`. */
  readonly type: string;
  /** Resource name, the last part of the URN. */
  readonly name: string;
  readonly op: Op;
  /** False for components, which exist only in the state file. */
  readonly custom: boolean;
  /** Top-level input keys that differ; empty for create and delete. */
  readonly diffs: readonly string[];
  /** Keys that force the replacement. */
  readonly replaceKeys: readonly string[];
  /** `protect` in the state before this run: it can be removed and the resource replaced in one update. */
  readonly wasProtected: boolean;
  /** `protect` as the program declares it now. */
  readonly isProtected: boolean;
  /** Old and new inputs with secrets as `[secret]`; null when there is no such side. */
  readonly oldInputs: Readonly<Record<string, unknown>> | null;
  readonly newInputs: Readonly<Record<string, unknown>> | null;
}

/** Ops that leave the cloud as it is. */
export const isChange = (change: Change): boolean => !["same", "read", "refresh"].includes(change.op);
