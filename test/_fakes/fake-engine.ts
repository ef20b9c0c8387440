import type { Change } from "../../automation/model/change";
import type {
  Engine,
  EngineResult,
  EngineRunOptions,
  EngineState,
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
  readonly failing?: Partial<Record<keyof Engine, Error>>;
}

/** Writes down what it was told to do, in order; does nothing. */
export class FakeEngine implements Engine {
  /** Plans that were made and not yet discarded. */
  readonly openPlans = new Set<string>();
  readonly options: (EngineRunOptions & { readonly planFile?: string; readonly previewOnly?: boolean })[] = [];

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
    const failure = this.script.failing?.[method as keyof Engine];
    if (failure !== undefined) throw failure;
  }
}
