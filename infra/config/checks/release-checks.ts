import { configuredAlarms } from "../../alarms/configured";
import { releaseAlarmNames } from "../../alarms/plan";
import { stepsOf } from "../release-steps";
import { stepFaults } from "../step-rules";
import { fault, servicesOf, type CrossCheck, type NamedService } from "./cross-check";

/** Rules about how new versions are put into use. */
export const releaseChecks: readonly CrossCheck[] = [
  {
    id: "steps-lead-to-all",
    why: "Every step gives the new version more, and the last one everything; ECS itself knows fewer shapes of it.",
    faults: eachService(([name, { release }]) =>
      stepFaults(release, stepsOf(release)).map(({ index, key, found, allowed, remedy }) =>
        fault(
          ["services", name, "release", "steps", ...(index === undefined ? [] : [index, key ?? "percent"])],
          found,
          allowed,
          remedy,
        ),
      ),
    ),
  },
  {
    id: "controller-shifts",
    why: "ECS always replaces the tasks of a rolling service itself, so the word would promise what does not happen.",
    faults: eachService(([name, { release }]) =>
      release.controller === "ecs" && release.strategy === "rolling"
        ? [
            fault(
              ["services", name, "release", "controller"],
              'text "ecs", with the strategy rolling',
              "slipway; or ecs with blue-green, canary or linear",
              "Leave `controller` out, or choose another strategy.",
            ),
          ]
        : [],
    ),
  },
  {
    id: "controller-has-one-entrance",
    why: "ECS shifts one production rule for each container, so a second listener would go on serving the old version.",
    faults: ({ loadBalancer, services }) => {
      const native = Object.keys(services).filter((name) => services[name]?.release.controller === "ecs");
      return native.length === 0 || loadBalancer?.http !== "forward" || loadBalancer.https === undefined
        ? []
        : [
            fault(
              ["loadBalancer", "http"],
              `text "forward" beside \`https\`, with \`controller: ecs\` in ${native.join(", ")}`,
              "one listener that forwards",
              "Write `http: redirect` or `off`, or leave `https` out.",
            ),
          ];
    },
  },
  {
    id: "pause-needs-ecs",
    why: "The pause is a hook of ECS; the driver's own releases stop at nothing but a failure.",
    faults: eachService(([name, { release }]) =>
      release.pause === undefined || release.controller === "ecs"
        ? []
        : [
            fault(
              ["services", name, "release", "pause"],
              "a group of keys, without `controller: ecs`",
              "nothing while the driver shifts the traffic",
              "Remove it, or write `controller: ecs`.",
            ),
          ],
    ),
  },
  {
    id: "compare-needs-two-sides",
    why: "Only the driver's own steps have two sides with traffic whose figures can be told apart.",
    faults: eachService(([name, { release }]) => {
      if (release.compare === undefined) return [];
      const reason =
        release.strategy === "rolling"
          ? "the strategy rolling"
          : release.controller === "ecs"
            ? "`controller: ecs`"
            : undefined;
      if (reason === undefined) return [];
      return [
        fault(
          ["services", name, "release", "compare"],
          `a group of keys, with ${reason}`,
          "nothing where the driver does not split traffic itself",
          "Remove it; alarms and checks still judge the release.",
        ),
      ];
    }),
  },
  {
    id: "checks-reach-a-container",
    why: "A check is a request through the load balancer to one container.",
    faults: eachService(checkFaults),
  },
  {
    id: "watch-needs-alarm",
    why: "A watch without an alarm never takes anything back, and would look as if it did.",
    faults: (config) => {
      const plan = configuredAlarms(config, config.naming.alarm);
      // Alarms that cannot be made are another rule's to tell.
      if (plan.kind === "refused") return [];
      const alarms = releaseAlarmNames(plan.alarms);
      return eachService(([name, { release }]) =>
        release.watchHours === 0 || release.alarms.length > 0 || alarms[name] !== undefined
          ? []
          : [
              fault(
                ["services", name, "release", "watchHours"],
                `number ${release.watchHours}, without an alarm for the service that stops releases`,
                "0 while there is none",
                "Add a rule to `slipway:alarms` or a name to `release.alarms`, or leave it out.",
              ),
            ],
      )(config);
    },
  },
  {
    id: "grace-ends-in-time",
    why: "Tasks are given the grace period to become healthy, so the deadline for it must not come first.",
    faults: eachService(([name, { gracePeriodSeconds, release }]) =>
      release.provisionSeconds === undefined || release.provisionSeconds >= gracePeriodSeconds
        ? []
        : [
            fault(
              ["services", name, "release", "provisionSeconds"],
              `number ${release.provisionSeconds}`,
              `at least \`gracePeriodSeconds\`, which is ${gracePeriodSeconds}`,
              "Raise it, shorten the grace period, or leave it out.",
            ),
          ],
    ),
  },
];

function eachService(check: (service: NamedService) => ReturnType<CrossCheck["faults"]>): CrossCheck["faults"] {
  return (config) => servicesOf(config).flatMap(check);
}

function checkFaults([name, { checks, containers }]: NamedService): ReturnType<CrossCheck["faults"]> {
  const reachable = Object.keys(containers).filter((key) => containers[key]?.loadBalancer !== undefined);
  if (reachable.length === 0 && checks.length > 0) {
    return [
      fault(
        ["services", name, "checks"],
        `a list of ${checks.length}, and no container behind the load balancer`,
        "an empty list for a service without a load balancer",
        "Give a container `loadBalancer`, or remove the checks.",
      ),
    ];
  }
  const allowed = reachable.length === 1 ? `${reachable.join()}, or nothing` : `one of ${reachable.join(", ")}`;
  return checks.flatMap(({ container }, index) => {
    if (container === undefined ? reachable.length === 1 : reachable.includes(container)) return [];
    const found = container === undefined ? "nothing, with several containers behind it" : `text "${container}"`;
    return [
      fault(
        ["services", name, "checks", index, "container"],
        found,
        `${allowed}: what stands behind the load balancer`,
        "Name the container that answers.",
      ),
    ];
  });
}
