import { configuredAlarms } from "./alarms/configured";
import { releaseAlarmNames } from "./alarms/plan";
import type { StackConfig } from "./config/schema";
import type { NativeRulesByService } from "./load-balancer/native-rules";
import { nativeServices } from "./releases";
import type { NativeArgs } from "./service/native-deployment";

/**
 * By service, what ECS needs to shift its traffic. The alarms stand on the services, so they are known here by the names
 * that they will have.
 */
export function nativeArgsOf(
  config: StackConfig,
  alarmPrefix: string,
  rules: NativeRulesByService,
): Readonly<Record<string, NativeArgs>> {
  const names = nativeServices(config);
  if (names.length === 0) return {};
  const plan = configuredAlarms(config, alarmPrefix);
  // The alarms' own component tells what is wrong with them.
  const alarms = plan.kind === "ok" ? releaseAlarmNames(plan.alarms) : {};
  return Object.fromEntries(
    names.map((name) => [name, { rules: rules[name] ?? {}, alarmNames: alarms[name] ?? [] }] as const),
  );
}
