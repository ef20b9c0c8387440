import type { Change } from "../model/change";
import type { Releases, Slot } from "../../infra/releases";
import type { Layer } from "../model/layer";

/** One thing that happened while the engine ran; the progress view is built from these. */
export type EngineProgress =
  | {
      readonly kind: "started";
      readonly urn: string;
      readonly type: string;
      readonly name: string;
      readonly op: Change["op"];
    }
  | {
      readonly kind: "finished";
      readonly urn: string;
      readonly type: string;
      readonly name: string;
      readonly op: Change["op"];
    }
  | {
      readonly kind: "failed";
      readonly urn: string;
      readonly type: string;
      readonly name: string;
      readonly op: Change["op"];
    }
  | {
      readonly kind: "diagnostic";
      readonly severity: "info" | "warning" | "error";
      readonly message: string;
      readonly urn?: string;
    };

export interface EngineRunOptions {
  /** Only this layer. @default the whole environment */
  readonly layer?: Layer;
  /** Ask the cloud for the real state first. @default false */
  readonly refresh?: boolean;
  /** What services begin with that the stack does not know yet. @default the images of their configuration */
  readonly firstReleases?: Releases;
  readonly onProgress?: (event: EngineProgress) => void;
  /** When it fires, what is in flight is finished and nothing new is started. @default never */
  readonly signal?: AbortSignal;
}

export interface EngineResult {
  readonly changes: readonly Change[];
  /** Stack outputs that get another value, which they can without any change of a resource. @default none */
  readonly changedOutputs?: readonly string[];
  readonly durationMs: number;
}

export interface PreviewResult extends EngineResult {
  /** File with the engine's update plan; `up` is bound to it. The caller removes it with `discardPlan`. */
  readonly planFile: string;
  /** False when the stack has never been deployed. */
  readonly exists: boolean;
}

/** A resource as the state file remembers it; secrets are `[secret]`. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly custom: boolean;
  readonly protect: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface EngineState {
  readonly resources: readonly StateResource[];
  /** Operations that were in flight when a run was cut off. */
  readonly pendingOperations: readonly { readonly urn: string; readonly operation: string }[];
}

export interface StackOutput {
  readonly name: string;
  /** `[secret]` for a secret output. */
  readonly value: unknown;
  readonly secret: boolean;
}

/** A slot of a service, as the engine's resources are named by it. */
export interface SlotName {
  readonly service: string;
  readonly slot: Slot;
}

/** New images for slots, and what the stack remembers of it. */
export interface ImageRun extends Pick<EngineRunOptions, "onProgress" | "signal"> {
  /** Of the services that change; the others keep what the stack remembers. */
  readonly releases: Releases;
  /** Nothing but the task definitions and services of these may change, and of them nothing but the image. */
  readonly slots: readonly SlotName[];
}

/** Makes a slot the live one in what the stack remembers. */
export interface CommitRun extends Pick<EngineRunOptions, "onProgress" | "signal"> {
  readonly releases: Releases;
  readonly services: readonly string[];
}

/** What a release has moved at AWS by itself. */
export interface SyncRun extends Pick<EngineRunOptions, "onProgress" | "signal"> {
  readonly services: readonly string[];
}

/** The Pulumi engine, for one stack. Failures are `SlipwayError`s. */
export interface Engine {
  preview(options?: EngineRunOptions): Promise<PreviewResult>;
  /** Applies exactly the previewed plan. */
  up(options: EngineRunOptions & { readonly planFile: string }): Promise<EngineResult>;
  /**
   * Puts images into slots in one run of the engine, without a preview before it: the program's inputs are compared
   * with the state's while they are declared, and anything else than another image stops the run before it is applied.
   *
   * @throws SlipwayError `release-gate` (exit 3) when more would change than images
   */
  applyImages(run: ImageRun): Promise<EngineResult>;
  /** What `applyImages` would change. */
  previewImages(run: ImageRun): Promise<EngineResult>;
  /**
   * Commits a release: a targeted update of the services' own resources (counts, scaling), previewed and judged first.
   *
   * @throws SlipwayError `release-gate` (exit 3) when it would touch anything else
   */
  commitReleases(run: CommitRun): Promise<EngineResult>;
  /**
   * Takes over into the state what a release has moved: weights of the services' rules and their counts, and nothing
   * else. What somebody else has changed stays to be seen by `drift`.
   */
  syncReleases(run: SyncRun): Promise<EngineResult>;
  /** Brings the state in line with the cloud, or only tells the difference. */
  refresh(options?: EngineRunOptions & { readonly previewOnly?: boolean }): Promise<EngineResult>;
  /** Takes guards off (`ProgramInputs.teardown`) by an update of the guarded resources; does nothing when none is guarded. */
  liftGuards(options?: EngineRunOptions): Promise<EngineResult>;
  destroy(options?: EngineRunOptions): Promise<EngineResult>;
  /** Said before something is read whose reader will change the stack: then what a run needs is made ready meanwhile. */
  expectRun?(): void;
  outputs(): Promise<readonly StackOutput[]>;
  /** Ends a run that another process left behind. */
  cancel(): Promise<void>;
  state(): Promise<EngineState>;
  discardPlan(planFile: string): Promise<void>;
}
