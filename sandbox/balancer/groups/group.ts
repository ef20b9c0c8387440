import type { GroupSettings } from "./settings";
import type { Target } from "./target";

/** A target group with its targets; lives from its creation to its deletion, whatever its settings are. */
export class Group {
  /** A listener or a rule points at it; a weight of 0 does too. */
  isInUse = false;
  readonly targets = new Map<string, Target>();
  /** Who may get the next request. */
  routable: readonly Target[] = [];
  /** Too few targets are healthy: all get requests (ALB user guide, "Target group health"). */
  isFailOpen = false;
  healthy = 0;
  /** Place of the next one in the round. */
  turn = 0;

  constructor(public settings: GroupSettings) {}

  /** Registered and not on their way out. */
  get registered(): readonly Target[] {
    return [...this.targets.values()].filter((target) => !target.isDraining);
  }

  /** Decides anew who may get requests; to be done after every change of targets, health or settings. */
  refresh(): void {
    const registered = this.registered;
    const healthy = registered.filter(({ verdict }) => verdict.state === "healthy");
    this.healthy = healthy.length;
    const { count, percent } = this.settings.minimumHealthy;
    this.isFailOpen =
      registered.length > 0 &&
      (healthy.length < Math.max(count, 1) || healthy.length * 100 < percent * registered.length);
    this.routable = this.isFailOpen ? failOpen(registered, healthy.length) : healthy;
  }
}

/** New targets count among the rest only when there is none that is healthy. */
const failOpen = (registered: readonly Target[], healthy: number): readonly Target[] =>
  registered.filter(
    ({ verdict: { state } }) => state === "healthy" || state === "unhealthy" || (state === "initial" && healthy === 0),
  );
