/** What a release never calls. */
export const never = async (): Promise<never> => Promise.reject(new Error("a release does not need this"));

/** An engine of which the world makes what a release uses. */
export const noEngine = {
  preview: never,
  up: never,
  previewImages: never,
  refresh: never,
  syncReleases: never,
  liftGuards: never,
  destroy: never,
  outputs: never,
  cancel: never,
  state: never,
  discardPlan: never,
};
