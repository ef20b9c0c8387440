import type { RouteView, TargetView } from "../../automation/model/release/observed";
import type { Route, Weights } from "../../automation/model/release/plan";
import type { Traffic } from "../../automation/ports/traffic";

/** Routes that keep the weights they are given, and targets that are what a test says. */
export class FakeTraffic implements Traffic {
  /** All there are; `routesBetween` finds those between the groups asked for. */
  routes: readonly Route[] = [];
  /** By ARN of the route. */
  readonly split = new Map<string, Weights>();
  /** By ARN of the target group. */
  readonly members = new Map<string, readonly TargetView[]>();
  /** For each of the next calls, whatever it is; null lets one through. */
  readonly failures: (Error | null)[] = [];

  constructor(private readonly log: string[] = []) {}

  async routesBetween(groups: Route["groups"]): Promise<readonly Route[]> {
    this.note(`routesBetween ${groups.blue} ${groups.green}`);
    return this.routes.filter(({ groups: own }) => own.blue === groups.blue && own.green === groups.green);
  }

  async weights(routes: readonly Route[]): Promise<readonly RouteView[]> {
    this.note("weights");
    return routes.map(({ arn }) => ({ arn, weights: this.split.get(arn) ?? { blue: 100, green: 0 } }));
  }

  async setWeights(routes: readonly Route[], weights: Weights): Promise<void> {
    this.note(`setWeights blue ${weights.blue} green ${weights.green}`);
    for (const { arn } of routes) this.split.set(arn, weights);
  }

  async targets(targetGroup: string): Promise<readonly TargetView[]> {
    this.note(`targets ${targetGroup}`);
    return this.members.get(targetGroup) ?? [];
  }

  private note(what: string): void {
    this.log.push(what);
    const failure = this.failures.shift();
    if (failure != null) throw failure;
  }
}
