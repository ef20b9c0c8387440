import type { DeploymentConfiguration } from "../model";
import { shiftDefaults } from "../shifting/shift-plan";
import { faults } from "./faults";
import type { SettingsInput } from "./inputs";

type ConfigurationInput = NonNullable<SettingsInput["deploymentConfiguration"]>;

/** What DescribeServices tells of a service that asked for nothing. API_DeploymentConfiguration and its members. */
export const deploymentDefaults: DeploymentConfiguration = {
  strategy: "ROLLING",
  maximumPercent: 200,
  minimumHealthyPercent: 100,
  bakeTimeInMinutes: 0,
  deploymentCircuitBreaker: {
    enable: false,
    rollback: false,
    resetOnHealthyTask: true,
    thresholdConfiguration: { type: "BOUNDED_PERCENT", value: 50 },
  },
  alarms: { alarmNames: [], enable: false, rollback: false },
};

/**
 * What was asked for over what held before; members that are not named stay.
 *
 * @throws AwsFault `InvalidParameterException`
 */
export function deploymentConfiguration(
  input: ConfigurationInput = {},
  before: DeploymentConfiguration = deploymentDefaults,
): DeploymentConfiguration {
  const breaker = { ...deploymentDefaults.deploymentCircuitBreaker, ...given(input.deploymentCircuitBreaker ?? {}) };
  const merged = {
    ...before,
    ...given(input),
    deploymentCircuitBreaker: input.deploymentCircuitBreaker ? breaker : before.deploymentCircuitBreaker,
  } as DeploymentConfiguration;
  check(merged);
  return { ...merged, ...shares(merged) };
}

/** The members of one strategy, with their defaults; the ones of another strategy do not hold any more. */
function shares({ strategy, linearConfiguration, canaryConfiguration }: DeploymentConfiguration) {
  return {
    ...(strategy === "LINEAR" ? { linearConfiguration: { ...shiftDefaults.linear, ...linearConfiguration } } : {}),
    ...(strategy === "CANARY" ? { canaryConfiguration: { ...shiftDefaults.canary, ...canaryConfiguration } } : {}),
  };
}

function check({
  strategy,
  maximumPercent,
  minimumHealthyPercent,
  earlySuccessCriteria,
}: DeploymentConfiguration): void {
  if (maximumPercent === 100 && minimumHealthyPercent === 100) throw faults.blocked();
  if (minimumHealthyPercent > maximumPercent) {
    throw faults.invalid("maximumPercent must be greater than or equal to minimumHealthyPercent.");
  }
  if (!earlySuccessCriteria?.enable) return;
  if (strategy !== "ROLLING") {
    throw faults.invalid("earlySuccessCriteria is only supported for the ROLLING deployment strategy.");
  }
  if ((earlySuccessCriteria.healthyPercent ?? 100) < minimumHealthyPercent) {
    throw faults.invalid("healthyPercent must be greater than or equal to minimumHealthyPercent.");
  }
}

const given = (members: object): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
