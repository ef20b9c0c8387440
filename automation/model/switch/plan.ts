import type { Slot } from "../../../infra/releases";
import type { Check } from "../release/plan";
import type { Step } from "../release/strategy";

/** Which of two environments; the set identifier of its record. */
export type Colour = Slot;

export const otherColour = (colour: Colour): Colour => (colour === "blue" ? "green" : "blue");

/** The name that two environments share. */
export interface SharedName {
  /** Hosted zone in Route 53. */
  readonly zoneId: string;
  /** Without a dot at its end. */
  readonly name: string;
}

/** What serves in one of the two environments. */
export interface SwitchSide {
  readonly stack: string;
  /** ECS cluster. */
  readonly cluster: string;
  readonly services: readonly SideService[];
  /** Alarms that must be silent, by name. */
  readonly alarms: readonly string[];
}

export interface SideService {
  /** Key in the configuration. */
  readonly service: string;
  /** ECS service of the live slot. */
  readonly serviceName: string;
  /** ARNs of the live slot; none for a worker. */
  readonly targetGroups: readonly string[];
}

/**
 * Everything about a switch that does not change while it runs. It is made once, shown by a dry run, frozen in the
 * journal, and the same for whoever goes on with it.
 */
export interface SwitchPlan extends SharedName {
  readonly from: Colour;
  readonly to: Colour;
  readonly sides: Readonly<Record<Colour, SwitchSide>>;
  /** Shares of `to`, growing; the last has 100 percent. */
  readonly steps: readonly Step[];
  /** Made at the load balancer of `to` before it gets traffic; empty where it does not answer this machine. */
  readonly directChecks: readonly Check[];
  /** Made under the shared name, when all traffic is on `to`; empty where it does not answer this machine. */
  readonly publicChecks: readonly Check[];
  /** Why the health of `to` does not count; null when it does. */
  readonly forced: string | null;
  /** What an operator should know about it. */
  readonly notes: readonly string[];
}
