import { configuredAlarms, watchedIn } from "../../alarms/configured";
import { alarmRules, type AlarmScope } from "../../alarms/rules";
import type { AlarmRuleConfig } from "../schema";
import { fault, type CrossCheck } from "./cross-check";

const day = 86_400;

/** What each scope needs in the configuration, in words. */
const scopeNeeds: Readonly<Record<AlarmScope, string>> = {
  loadBalancer: "`slipway:loadBalancer`",
  targetGroup: "a container behind the load balancer",
  service: "a service",
  database: "`slipway:database`",
};

/** Rules about alarms. */
export const alarmChecks: readonly CrossCheck[] = [
  {
    id: "datapoints-in-window",
    why: "No more periods can be bad than are looked at.",
    faults: eachRule(({ datapointsToAlarm = 0, evaluationPeriods }, index) =>
      datapointsToAlarm <= evaluationPeriods
        ? []
        : [
            fault(
              ["alarms", "rules", index, "datapointsToAlarm"],
              `number ${datapointsToAlarm}`,
              `at most \`evaluationPeriods\`, which is ${evaluationPeriods}`,
              "Lower it, or raise `evaluationPeriods`.",
            ),
          ],
    ),
  },
  {
    id: "window-not-too-long",
    // Source: CloudWatch API reference, PutMetricAlarm, EvaluationPeriods.
    why: "CloudWatch looks back one day, or seven days with periods of an hour or more.",
    faults: eachRule(({ periodSeconds, evaluationPeriods }, index) => {
      const most = periodSeconds >= 3600 ? 7 * day : day;
      return periodSeconds * evaluationPeriods <= most
        ? []
        : [
            fault(
              ["alarms", "rules", index, "evaluationPeriods"],
              `${evaluationPeriods} periods of ${periodSeconds} s`,
              `at most ${Math.floor(most / periodSeconds)} periods of this length`,
              "Lower `evaluationPeriods` or `periodSeconds`.",
            ),
          ];
    }),
  },
  {
    id: "percent-of-hundred",
    why: "A share below 0 or above 100 percent is never reached.",
    faults: eachRule(({ rule, threshold }, index) =>
      alarmRules[rule].unit !== "percent" || (threshold >= 0 && threshold <= 100)
        ? []
        : [
            fault(
              ["alarms", "rules", index, "threshold"],
              `number ${threshold}`,
              "a number from 0 to 100 (percent)",
              "Take a value in this range.",
            ),
          ],
    ),
  },
  {
    id: "something-to-watch",
    why: "An alarm on what is not there would never fire, and would look as if all were well.",
    faults: (config) => {
      const scopes = new Set(watchedIn(config).map(({ scope }) => scope));
      return eachRule(({ rule }, index) => {
        const { scope } = alarmRules[rule];
        return scopes.has(scope)
          ? []
          : [
              fault(
                ["alarms", "rules", index, "rule"],
                `the rule \`${rule}\`, with nothing to watch`,
                `a rule for what the environment has; this one needs ${scopeNeeds[scope]}`,
                "Remove the rule, or add what it watches.",
              ),
            ];
      })(config);
    },
  },
  {
    id: "alarm-names-differ",
    why: "Two alarms of one name are one alarm at AWS: the later one wins.",
    faults: (config) => {
      const plan = configuredAlarms(config, config.naming.alarm);
      if (plan.kind === "ok") return [];
      return plan.faults.map((found) =>
        fault(
          ["alarms", "rules"],
          found,
          "a name of its own for every alarm",
          "Leave `name` out, or give each rule another one.",
        ),
      );
    },
  },
];

function eachRule(
  check: (rule: AlarmRuleConfig, index: number) => ReturnType<CrossCheck["faults"]>,
): CrossCheck["faults"] {
  return ({ alarms }) => alarms.rules.flatMap(check);
}
