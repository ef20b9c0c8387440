import type { Step } from "./release-steps";
import type { ServiceConfig } from "./schema";

/** What is wrong with a step, or with all of them. */
export interface StepFault {
  /** Counted from 0; undefined when it is about all of them. */
  readonly index?: number;
  readonly key?: "percent" | "bakeSeconds";
  readonly found: string;
  readonly allowed: string;
  readonly remedy: string;
}

type Release = Pick<ServiceConfig["release"], "strategy" | "controller">;

/** Everything that a strategy and its controller do not do; the same for configuration and for the words of one run. */
export function stepFaults({ strategy, controller }: Release, steps: readonly Step[]): readonly StepFault[] {
  if (strategy === "rolling") return rolling(steps);
  const order = growing(steps);
  return order.length > 0 || controller === "slipway" ? order : [...nativeSteps[strategy](steps), ...minutes(steps)];
}

function rolling(steps: readonly Step[]): StepFault[] {
  if (steps.length === 1 && steps[0]?.percent === 100) return [];
  return [
    {
      found: `${steps.map(({ percent }) => `${percent} %`).join(", ")}, with the strategy rolling`,
      allowed: "one step of 100 percent, because ECS replaces the tasks and no traffic is split",
      remedy: "Leave `steps` out, or choose canary, linear or blue-green.",
    },
  ];
}

function growing(steps: readonly Step[]): StepFault[] {
  const falling = steps.flatMap(({ percent }, index): StepFault[] => {
    const before = steps[index - 1]?.percent ?? 0;
    if (percent > before) return [];
    const allowed = before === 100 ? "nothing after 100 percent" : `more than ${before}, which the step before it has`;
    return [percentFault(index, percent, allowed, "Let every step give the new version more than the one before it.")];
  });
  const last = steps.length - 1;
  const end = steps[last]?.percent ?? 0;
  return end === 100 || falling.length > 0
    ? falling
    : [percentFault(last, end, "100 in the last step", "Add a step of 100 percent.")];
}

/** From `DeploymentConfiguration`, `CanaryConfiguration` and `LinearConfiguration` of the ECS API. */
const nativeSteps: Readonly<
  Record<Exclude<Release["strategy"], "rolling">, (steps: readonly Step[]) => readonly StepFault[]>
> = {
  "blue-green": (steps) => (steps.length === 1 ? [] : [shapeFault(steps, "one step of 100 percent")]),
  canary: (steps) => (steps.length === 2 ? [] : [shapeFault(steps, "one step below 100 percent, and one of 100")]),
  linear: (steps) => {
    const [first] = steps;
    if (first === undefined || first.percent < leastLinearPercent)
      return [shapeFault(steps, `equal steps of at least ${leastLinearPercent} percent`)];
    const isEqual = steps.every(
      ({ percent }, index) =>
        percent === (index === steps.length - 1 ? 100 : first.percent * (index + 1)) &&
        (index === steps.length - 1 || steps[index]?.bakeSeconds === first.bakeSeconds),
    );
    // ECS takes as many steps as fit, so a list that ends too early would not be what runs.
    return isEqual && steps.length === Math.ceil(100 / first.percent)
      ? []
      : [shapeFault(steps, `${first.percent} percent more in each step, and the same bake in all but the last`)];
  },
};

const leastLinearPercent = 3;

const minutes = (steps: readonly Step[]): StepFault[] =>
  steps.flatMap(({ bakeSeconds }, index) =>
    bakeSeconds % 60 === 0
      ? []
      : [
          {
            index,
            key: "bakeSeconds",
            found: `number ${bakeSeconds}, with \`controller: ecs\``,
            allowed: "a multiple of 60: ECS bakes in whole minutes, up to 1440",
            remedy: `Write ${Math.ceil(bakeSeconds / 60) * 60}.`,
          } as const,
        ],
  );

const percentFault = (index: number, percent: number, allowed: string, remedy: string): StepFault => ({
  index,
  key: "percent",
  found: `number ${percent}`,
  allowed,
  remedy,
});

const shapeFault = (steps: readonly Step[], allowed: string): StepFault => ({
  found: `${steps.map(({ percent, bakeSeconds }) => `${percent} % for ${bakeSeconds} s`).join(", ")}, with \`controller: ecs\``,
  allowed,
  remedy: "Change the steps, or write `controller: slipway`, which takes any.",
});
