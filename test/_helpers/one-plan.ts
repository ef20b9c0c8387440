import { makePlans, type PlanOptions, type Wanted } from "../../automation/release/make-plan";
import type { ServicePlan } from "../../automation/model/release/plan";
import { parseTargets } from "../../automation/release/targets";
import type { FakeContext } from "../_fakes/fake-context";
import { shopConfig, shopContext, shopFacts } from "./a-shop-release";

/** What the words of a release ask for. */
export const words = (...targets: readonly string[]): readonly Wanted[] =>
  parseTargets(targets, shopConfig().services).map((target) => ({ kind: "target", target }));

/** The plan of the only service that is asked for. */
export async function plan(
  wanted: readonly Wanted[],
  {
    context = shopContext(),
    facts = shopFacts(),
    ...options
  }: PlanOptions & { context?: FakeContext; facts?: ReturnType<typeof shopFacts> } = {},
): Promise<ServicePlan> {
  const [first, ...others] = await makePlans(context, facts, wanted, options);
  if (first === undefined || others.length > 0) throw new Error("not one plan");
  return first;
}
