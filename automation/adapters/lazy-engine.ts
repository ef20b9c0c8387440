import type { Engine } from "../ports/engine";

/** An engine that is loaded by the first call: its modules take longer than all the rest of a command. */
export function lazyEngine(load: () => Promise<Engine>): Engine {
  let loaded: Promise<Engine> | undefined;
  const engine = (): Promise<Engine> => (loaded ??= load());
  return {
    preview: async (options) => (await engine()).preview(options),
    up: async (options) => (await engine()).up(options),
    applyImages: async (run) => (await engine()).applyImages(run),
    previewImages: async (run) => (await engine()).previewImages(run),
    commitReleases: async (run) => (await engine()).commitReleases(run),
    syncReleases: async (run) => (await engine()).syncReleases(run),
    refresh: async (options) => (await engine()).refresh(options),
    liftGuards: async (options) => (await engine()).liftGuards(options),
    destroy: async (options) => (await engine()).destroy(options),
    expectRun: () =>
      void engine()
        .then((own) => own.expectRun?.())
        .catch(() => undefined),
    outputs: async () => (await engine()).outputs(),
    cancel: async () => (await engine()).cancel(),
    state: async () => (await engine()).state(),
    discardPlan: async (planFile) => (await engine()).discardPlan(planFile),
  };
}
