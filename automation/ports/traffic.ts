import type { Route, Weights } from "../model/release/plan";
import type { RouteView, TargetView } from "../model/release/observed";

/** The load balancer. Failures are `CloudError`s. */
export interface Traffic {
  /** The actions that split between these two groups, wherever they are; for a plan. */
  routesBetween(groups: Route["groups"]): Promise<readonly Route[]>;
  weights(routes: readonly Route[]): Promise<readonly RouteView[]>;
  /** Gives every route these weights, all at the same time; everything else of the actions stays. */
  setWeights(routes: readonly Route[], weights: Weights): Promise<void>;
  /** Every target of a group, also the draining ones. */
  targets(targetGroup: string): Promise<readonly TargetView[]>;
}
