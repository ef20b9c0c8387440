import { fargateSizeFault } from "../../service/fargate-size";
import { containersOf, fault, servicesOf, type CrossCheck } from "./cross-check";

/** Rules about tasks, their sizes and their numbers. */
export const serviceChecks: readonly CrossCheck[] = [
  {
    id: "fargate-size",
    why: "Fargate runs certain pairs of cpu and memory only.",
    faults: (config) =>
      servicesOf(config).flatMap(([name, { cpu, memory }]) => {
        const wrong = fargateSizeFault(cpu, memory);
        return wrong === undefined
          ? []
          : [fault(["services", name, "cpu"], `cpu ${cpu} with memory ${memory}`, "a pair that Fargate runs", wrong)];
      }),
  },
  {
    id: "containers-fit-task",
    why: "ECS refuses a task whose containers ask for more than the task has.",
    faults: (config) =>
      servicesOf(config).flatMap(([name, { cpu, memory, containers }]) => {
        const cpus = Object.values(containers).reduce((sum, container) => sum + (container.cpu ?? 0), 0);
        const tooLarge = Object.entries(containers).filter(([, container]) => (container.memory ?? 0) > memory);
        return [
          ...(cpus > cpu
            ? [
                fault(
                  ["services", name, "containers"],
                  `cpu ${cpus} in all`,
                  `at most the task's cpu of ${cpu}`,
                  "Lower `cpu` of the containers, or raise the task's.",
                ),
              ]
            : []),
          ...tooLarge.map(([container, size]) =>
            fault(
              ["services", name, "containers", container, "memory"],
              `number ${size.memory}`,
              `at most the task's memory of ${memory} MiB`,
              "Lower it, or raise `memory` of the service.",
            ),
          ),
        ];
      }),
  },
  {
    id: "one-essential-container",
    why: "A task without an essential container would never be known to have stopped; ECS refuses it.",
    faults: (config) =>
      servicesOf(config)
        .filter(([, { containers }]) => Object.values(containers).every(({ essential }) => !essential))
        .map(([name]) =>
          fault(
            ["services", name, "containers"],
            "no essential container",
            "at least one with `essential: true`",
            "Leave `essential` out of the main container.",
          ),
        ),
  },
  {
    id: "ports-differ-in-task",
    why: "The containers of a task share one network address.",
    faults: (config) =>
      containersOf(config).flatMap(({ service, name, container, path }, index, all) => {
        const first = all
          .slice(0, index)
          .find(
            (other) =>
              other.service === service &&
              other.container.port !== undefined &&
              other.container.port === container.port,
          );
        return first === undefined
          ? []
          : [
              fault(
                [...path, "port"],
                `number ${container.port}, as \`${first.name}\` has`,
                "a port of its own",
                `Change the port of \`${name}\` or \`${first.name}\`.`,
              ),
            ];
      }),
  },
  {
    id: "variables-once",
    why: "ECS refuses a variable that is both a plain value and a secret.",
    faults: (config) =>
      containersOf(config).flatMap(({ path, container }) =>
        Object.keys(container.environment)
          .filter((name) => name in container.secrets)
          .map((name) =>
            fault(
              [...path, "environment", name],
              "a name that stands in `secrets` too",
              "a name that is used once",
              "Remove one of the two.",
            ),
          ),
      ),
  },
  {
    id: "scaling-range",
    why: "A range whose end lies before its beginning holds no number of tasks.",
    faults: (config) =>
      servicesOf(config).flatMap(([name, { autoscaling }]) =>
        autoscaling === undefined || autoscaling.min <= autoscaling.max
          ? []
          : [
              fault(
                ["services", name, "autoscaling", "min"],
                `number ${autoscaling.min}`,
                `at most \`max\`, which is ${autoscaling.max}`,
                "Swap them, or raise `max`.",
              ),
            ],
      ),
  },
  {
    id: "scaling-target",
    why: "Without a target nothing would ever be scaled.",
    faults: (config) =>
      servicesOf(config).flatMap(([name, { autoscaling }]) =>
        autoscaling === undefined || autoscaling.cpuTarget !== undefined || autoscaling.memoryTarget !== undefined
          ? []
          : [
              fault(
                ["services", name, "autoscaling"],
                "neither `cpuTarget` nor `memoryTarget`",
                "at least one target, in percent",
                "Add for example `cpuTarget: 70`.",
              ),
            ],
      ),
  },
  {
    id: "room-to-deploy",
    why: "With both limits at the desired count, ECS may neither stop an old task nor start a new one.",
    faults: (config) =>
      servicesOf(config).flatMap(([name, { deployment }]) =>
        deployment.maximumPercent > 100 || deployment.minimumHealthyPercent < 100
          ? []
          : [
              fault(
                ["services", name, "deployment", "maximumPercent"],
                "number 100, with `minimumHealthyPercent` 100",
                "from 101 to 200, or a lower `minimumHealthyPercent`",
                "Write for example `maximumPercent: 200`.",
              ),
            ],
      ),
  },
];
