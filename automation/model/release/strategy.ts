import type { ServiceConfig } from "../../../infra/config/schema";

export type Strategy = ServiceConfig["release"]["strategy"];

/** What a failed release does by itself. */
export type RollbackPolicy = ServiceConfig["release"]["rollback"];

export { defaultSteps, type Step } from "../../../infra/config/release-steps";
