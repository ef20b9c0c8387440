import type { Fault } from "../../infra/config/fault";
import type { Strategy } from "../model/release/strategy";
import type { StepInput } from "./plan-steps";
import type { StepWords } from "./step-words";

const twoSlots = ["blue-green", "canary", "linear"] as const;

/** What the strategy needs and the stack or the words do not have. */
export function strategyFaults(input: StepInput, strategy: Strategy): readonly Fault[] {
  return [...conflicts(input, strategy), ...unfit(input, strategy)];
}

function conflicts({ words }: StepInput, strategy: Strategy): readonly Fault[] {
  const { type, steps, bake, canaryPercent, healthInterval } = words;
  const canary = canaryPercent !== undefined;
  return [
    ...when(words.strategy !== undefined && type !== undefined, {
      path: "--type",
      found: `${type ?? ""}, beside --strategy ${words.strategy ?? ""}`,
      allowed: "one of the two",
      remedy: "Leave --type out.",
    }),
    ...when(canary && steps !== undefined, {
      path: "--canary-percent",
      found: `${canaryPercent ?? ""}, beside --steps ${steps ?? ""}`,
      allowed: "one of the two",
      remedy: "The first of --steps is the canary's share.",
    }),
    ...when(bake !== undefined && healthInterval !== undefined, {
      path: "--health-interval",
      found: `${healthInterval ?? ""}, beside --bake ${bake ?? ""}`,
      allowed: "one of the two",
      remedy: "Both say how long each step is watched.",
    }),
    ...when(canary && !(Number.isInteger(canaryPercent) && canaryPercent >= 1 && canaryPercent <= 99), {
      path: "--canary-percent",
      found: String(canaryPercent),
      allowed: "a whole number from 1 to 99",
      remedy: "For all traffic at once use --strategy blue-green.",
    }),
    ...when(canary && strategy !== "canary", {
      path: "--canary-percent",
      found: `${canaryPercent ?? ""}, for strategy ${strategy}`,
      allowed: "nothing, or --strategy canary",
      remedy: "Leave it out, or choose --strategy canary.",
    }),
  ];
}

function unfit({ service, release, slots, loadBalanced, words }: StepInput, strategy: Strategy): readonly Fault[] {
  const asked = words.strategy ?? words.type;
  const path =
    asked === undefined && words.canaryPercent === undefined
      ? `slipway:services.${service}.release.strategy`
      : wordOf(words);
  const shifts = strategy !== "rolling";
  if (release.controller === "ecs") return ownController({ service, release, words }, strategy);
  if (shifts && !loadBalanced)
    return [
      {
        path,
        found: `${strategy}, for ${service}, which is not behind the load balancer`,
        allowed: "rolling",
        remedy: "Without a load balancer there is no traffic to shift: release it with `--strategy rolling`.",
      },
    ];
  if (shifts && slots < 2)
    return [
      {
        path,
        found: `${strategy}, for ${service}, which has one slot in what is deployed`,
        allowed: "rolling",
        remedy: `Set \`release.strategy: ${strategy}\` of ${service} and run \`slipway up\`: it makes the second slot.`,
      },
    ];
  if (!shifts && slots > 1)
    return [
      {
        path,
        found: `rolling, for ${service}, which has two slots in what is deployed`,
        allowed: twoSlots.join(", "),
        remedy: "For all traffic at once use `--strategy blue-green`.",
      },
    ];
  return [];
}

/** The shifts of ECS' own controller are declared with the service, so one run cannot have others. */
function ownController(
  { service, release, words }: Pick<StepInput, "service" | "release" | "words">,
  strategy: Strategy,
): readonly Fault[] {
  const told = words.steps ?? words.bake ?? words.canaryPercent ?? words.healthInterval;
  return when(told !== undefined || strategy !== release.strategy, {
    path: wordOf(words),
    found: `other steps for ${service}, whose traffic ECS itself shifts`,
    allowed: `what is configured (${release.strategy})`,
    remedy: `Change \`slipway:services.${service}.release\` and run \`slipway up\`.`,
  });
}

function wordOf(words: StepWords): string {
  const given: readonly (readonly [string, unknown])[] = [
    ["--strategy", words.strategy],
    ["--type", words.type],
    ["--canary-percent", words.canaryPercent],
    ["--steps", words.steps],
    ["--bake", words.bake],
    ["--health-interval", words.healthInterval],
  ];
  return given.find(([, value]) => value !== undefined)?.[0] ?? "--strategy";
}

const when = (wrong: boolean, fault: Fault): readonly Fault[] => (wrong ? [fault] : []);
