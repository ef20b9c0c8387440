import type { ServiceConfig } from "../../infra/config/schema";
import { slots as allSlots, type Slot } from "../../infra/releases";
import type { Context } from "../context";
import { versionOfImage } from "../model/release/image-reference";
import type { ServicePlan, SlotContent } from "../model/release/plan";
import type { PlanOptions, Wanted } from "./plan-options";
import { planSteps, type PlannedSteps } from "./plan-steps";
import { notDeployed, type StackFacts } from "./stack-facts";
import type { StepWords } from "./step-words";
import { mainContainer } from "./own-containers";

/** What is known of one release before AWS is asked. */
export interface Parts {
  readonly wanted: Wanted;
  readonly service: string;
  readonly config: ServiceConfig;
  readonly live: SlotContent;
  readonly steps: PlannedSteps;
  /** Slots whose ECS services the stack has deployed. */
  readonly deployed: readonly Slot[];
}

/** @throws SlipwayError `not-deployed` (exit 3) */
export function partsOf(
  { config, stack }: Pick<Context, "config" | "stack">,
  facts: StackFacts,
  wanted: Wanted,
  { words = {} }: PlanOptions,
): Parts {
  const service = wanted.kind === "target" ? wanted.target.service : wanted.service;
  const own = config.services[service];
  const release = facts.releases[service];
  const names = facts.serviceNames[service] ?? {};
  const images = release?.slots[release.live]?.images;
  if (own === undefined || release === undefined || images === undefined || names[release.live] === undefined)
    throw notDeployed(stack, service);
  const deployed = allSlots.filter((slot) => names[slot] !== undefined);
  const main = images[mainContainer(service, own)] ?? Object.values(images)[0] ?? "";
  return {
    wanted,
    service,
    config: own,
    deployed,
    live: { slot: release.live, images, version: release.slots[release.live]?.version ?? versionOfImage(main) },
    steps: planSteps({
      service,
      release: own.release,
      slots: deployed.length,
      loadBalanced: Object.keys(facts.targetGroups[service] ?? {}).length > 0,
      words: wanted.kind === "restart" ? atOnce(words, own.release.controller) : words,
    }),
  };
}

/** A restart changes nothing that could be compared, so it goes at once where nobody says otherwise. */
const atOnce = (words: StepWords, controller: ServicePlan["controller"]): StepWords =>
  controller === "ecs" || words.strategy !== undefined || words.canaryPercent !== undefined
    ? words
    : { type: "rolling", ...words };
