import type { Output } from "../ports/output";

/** Says nothing and asks nobody: for programs that use the functions themselves. */
export const quietOutput: Output = {
  interactive: false,
  report: () => undefined,
  failure: () => undefined,
  say: () => undefined,
  progress: () => ({ onProgress: () => undefined, end: () => undefined }),
  releases: () => ({ show: () => undefined, end: () => undefined }),
  ask: () => Promise.reject(new Error("Nobody can be asked.")),
};
