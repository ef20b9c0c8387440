import type { ReleaseRequest } from "../../automation/model/release/journal";
import type { ServicePlan } from "../../automation/model/release/plan";
import { makePlans } from "../../automation/release/make-plan";
import { runPreflight, type PreflightReport } from "../../automation/release/preflight";
import { parseTargets } from "../../automation/release/targets";
import type { Journals } from "../../automation/ports/journals";
import type { FakeContext } from "../_fakes/fake-context";
import { shopContext, shopFacts } from "./a-shop-release";

/** A shop before a release, and what is not well with it. */
export interface Shop {
  readonly context?: FakeContext;
  readonly facts?: ReturnType<typeof shopFacts>;
  readonly words?: readonly string[];
  readonly command?: ReleaseRequest["command"];
  /** What happens between the plan and the look. */
  readonly meanwhile?: (context: FakeContext) => void;
  readonly changed?: (plan: ServicePlan) => ServicePlan;
  readonly journalsOf?: (stack: string) => Journals;
}

/** Plans what the words say, and runs the preflight of it. */
export async function preflight({
  context = shopContext(),
  facts = shopFacts(),
  words = ["web=v2"],
  command = "release",
  meanwhile = () => undefined,
  changed = (plan) => plan,
  journalsOf,
}: Shop = {}): Promise<PreflightReport> {
  const wanted = parseTargets(words, context.config.services).map((target) => ({ kind: "target", target }) as const);
  const plans = await makePlans(context, facts, wanted);
  meanwhile(context);
  return runPreflight(context, plans.map(changed), facts, {
    command,
    ...(journalsOf === undefined ? {} : { journalsOf }),
  });
}

/** Without the remedies, which are long. */
export const told = ({ failed, warned }: PreflightReport): unknown => [
  ...failed.map(({ service, check, text, exitCode }) => [service, check, text, exitCode]),
  ...warned.map(({ service, check, text }) => [service, check, text]),
];
