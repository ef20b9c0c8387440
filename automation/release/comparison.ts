import type { ComparisonView, SideFigures } from "../model/release/observed";
import type { ServicePlan, SlotContent } from "../model/release/plan";
import type { Metrics } from "../ports/metrics";

/** Requests, errors and latency of both sides in the same time; nothing where no load balancer counts them. */
export async function readComparison(
  metrics: Metrics,
  plan: ServicePlan,
  since: Date,
  now: Date,
): Promise<ComparisonView> {
  const { loadBalancer } = plan;
  const side = ({ slot }: SlotContent): Promise<SideFigures> | SideFigures => {
    const groups = (plan.slots[slot]?.targetGroups ?? []).map(dimension);
    if (loadBalancer === null || groups.length === 0) return none;
    return metrics.figures({ loadBalancer, groups, from: since, to: now });
  };
  const [fresh, old] = await Promise.all([side(plan.to), side(plan.from)]);
  return { fresh, old };
}

const none: SideFigures = { requests: 0, errors: 0, latencyP95: null };

/** CloudWatch names a target group by the last part of its ARN: `targetgroup/<name>/<id>`. */
const dimension = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1);
