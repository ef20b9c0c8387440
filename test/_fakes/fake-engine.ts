import type { Change } from "../../automation/model/change";
import type {
  CommitRun,
  SyncRun,
  Engine,
  EngineResult,
  EngineRunOptions,
  EngineState,
  ImageRun,
  PreviewResult,
  StackOutput,
} from "../../automation/ports/engine";

/** What the engine would find and do. */
export interface FakeEngineScript {
  readonly changes?: readonly Change[];
  readonly changedOutputs?: readonly string[];
  readonly drift?: readonly Change[];
  readonly exists?: boolean;
  readonly outputs?: readonly StackOutput[];
  readonly state?: Partial<EngineState>;
  /** An error for every call, or one for each of the first calls; null lets one through. */
  readonly failing?: Partial<Record<keyof Engine, Error | readonly (Error | null)[]>>;
  /** What a run does to the world of the test, before a failure of the same call is thrown. */
  readonly acting?: {
    readonly applyImages?: (run: ImageRun) => void;
    readonly commitReleases?: (run: CommitRun) => void;
  };
}

/** Writes down what it was told to do, in order; does nothing. */
export class FakeEngine implements Engine {
  /** Plans that were made and not yet discarded. */
  readonly openPlans = new Set<string>();
  readonly options: (EngineRunOptions & { readonly planFile?: string; readonly previewOnly?: boolean })[] = [];
  readonly imageRuns: Omit<ImageRun, "onProgress" | "signal">[] = [];
  readonly commits: Omit<CommitRun, "onProgress" | "signal">[] = [];
  private readonly calls = new Map<string, number>();

  constructor(
    private readonly script: FakeEngineScript = {},
    readonly log: string[] = [],
  ) {}

  async preview(options: EngineRunOptions = {}): Promise<PreviewResult> {
    this.note("preview", options);
    this.openPlans.add("plan-1");
    return {
      changes: this.script.changes ?? [],
      changedOutputs: this.script.changedOutputs ?? [],
      durationMs: 900,
      planFile: "plan-1",
      exists: this.script.exists ?? true,
    };
  }

  async up(options: EngineRunOptions & { readonly planFile: string }): Promise<EngineResult> {
    this.note("up", options);
    if (!this.openPlans.has(options.planFile)) throw new Error("The plan is gone.");
    return { changes: this.script.changes ?? [], durationMs: 2400 };
  }

  async applyImages({ releases, slots, ...run }: ImageRun): Promise<EngineResult> {
    this.imageRuns.push({ releases, slots });
    this.script.acting?.applyImages?.({ releases, slots, ...run });
    this.note(
      `applyImages ${slots.map(({ service, slot }) => `${service}/${slot}`).join(" ")}`,
      undefined,
      "applyImages",
    );
    return { changes: this.script.changes ?? [], durationMs: 2400 };
  }

  async previewImages({ releases, slots }: ImageRun): Promise<EngineResult> {
    this.imageRuns.push({ releases, slots });
    this.note("previewImages");
    return { changes: this.script.changes ?? [], durationMs: 1900 };
  }

  async commitReleases({ releases, services, ...run }: CommitRun): Promise<EngineResult> {
    this.commits.push({ releases, services });
    this.script.acting?.commitReleases?.({ releases, services, ...run });
    this.note(`commitReleases ${services.join(" ")}`, undefined, "commitReleases");
    return { changes: this.script.changes ?? [], durationMs: 5200 };
  }

  async syncReleases({ services }: SyncRun): Promise<EngineResult> {
    this.note(`syncReleases ${services.join(" ")}`, undefined, "syncReleases");
    return { changes: [], durationMs: 900 };
  }

  async refresh(options: EngineRunOptions & { readonly previewOnly?: boolean } = {}): Promise<EngineResult> {
    this.note(options.previewOnly === true ? "refresh (look only)" : "refresh", options, "refresh");
    return { changes: this.script.drift ?? [], durationMs: 500 };
  }

  async liftGuards(options: EngineRunOptions = {}): Promise<EngineResult> {
    this.note("liftGuards", options);
    return { changes: [], durationMs: 100 };
  }

  async destroy(options: EngineRunOptions = {}): Promise<EngineResult> {
    this.note("destroy", options);
    return { changes: [], durationMs: 1500 };
  }

  async outputs(): Promise<readonly StackOutput[]> {
    this.note("outputs");
    return this.script.outputs ?? [];
  }

  async cancel(): Promise<void> {
    this.note("cancel");
  }

  async state(): Promise<EngineState> {
    this.note("state");
    return { resources: [], pendingOperations: [], ...this.script.state };
  }

  async discardPlan(planFile: string): Promise<void> {
    this.log.push("discardPlan");
    this.openPlans.delete(planFile);
  }

  private note(what: string, options?: FakeEngine["options"][number], method = what): void {
    this.log.push(what);
    if (options !== undefined) {
      const rest = { ...options };
      delete rest.onProgress;
      delete rest.signal;
      this.options.push(rest);
    }
    const call = this.calls.get(method) ?? 0;
    this.calls.set(method, call + 1);
    const scripted = this.script.failing?.[method as keyof Engine];
    const failure = scripted instanceof Error ? scripted : scripted?.[call];
    if (failure != null) throw failure;
  }
}
