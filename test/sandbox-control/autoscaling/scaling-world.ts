import { createAutoscaling } from "../../../sandbox/autoscaling/autoscaling";
import type { FiringAlarm, ScalingCloudWatch } from "../../../sandbox/autoscaling/ports";
import type { EcsService } from "../../../sandbox/ecs/model";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import type { AlarmState } from "../../../sandbox/model/metrics";
import { type Scope, scopeKey } from "../../../sandbox/model/scope";
import type { Answer, Caller, Input } from "../../../sandbox/model/service-api";
import { FakeMoto } from "../../_fakes/fake-moto";
import { FakeSandboxClock } from "../../_fakes/fake-sandbox-clock";
import { deployment, service } from "../ecs-deployments/deployment-world";

export const caller: Caller = { account: "123456789012", region: "eu-central-1", accessKeyId: "AKIA" };

export const target = {
  ServiceNamespace: "ecs",
  ResourceId: "service/main/web",
  ScalableDimension: "ecs:service:DesiredCount",
};

export const cpuPolicy = {
  ...target,
  PolicyName: "cpu",
  PolicyType: "TargetTrackingScaling",
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 50,
    PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
  },
};

export const memoryPolicy = {
  ...cpuPolicy,
  PolicyName: "memory",
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 80,
    PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageMemoryUtilization" },
  },
};

/** Alarms that are put, and stand and measure as a test says. */
class FakeCloudWatch implements ScalingCloudWatch {
  readonly alarms = new Map<string, Input>();
  readonly standing = new Map<string, { readonly state: AlarmState; readonly values: readonly number[] }>();
  private listeners: ((firing: FiringAlarm) => Promise<void>)[] = [];

  putAlarm(scope: Scope, input: Input): void {
    this.alarms.set(`${scopeKey(scope)} ${String(input["AlarmName"])}`, input);
  }

  deleteAlarms(scope: Scope, names: readonly string[]): void {
    for (const name of names) this.alarms.delete(`${scopeKey(scope)} ${name}`);
  }

  state(_scope: Scope, name: string): AlarmState | undefined {
    return this.standing.get(name)?.state ?? "INSUFFICIENT_DATA";
  }

  async values(_scope: Scope, name: string): Promise<readonly number[]> {
    return this.standing.get(name)?.values ?? [];
  }

  onAlarm(listener: (firing: FiringAlarm) => Promise<void>): void {
    this.listeners.push(listener);
  }

  async fire(firing: FiringAlarm): Promise<void> {
    for (const listener of this.listeners) await listener(firing);
  }

  /** The first whose name has this in it. */
  named(part: string): Input {
    return [...this.alarms.values()].find(({ AlarmName }) => String(AlarmName).includes(part)) ?? {};
  }
}

export function setUp(counts: { readonly desired: number; readonly running?: number } = { desired: 2 }) {
  const clock = new FakeSandboxClock();
  const cloudWatch = new FakeCloudWatch();
  const moto = new FakeMoto();
  const completed = [deployment("1", { rolloutState: "COMPLETED" })];
  const ecs: { service: EcsService | undefined; updates: Input[]; fault: AwsFault | undefined } = {
    service: service({
      deployments: completed,
      desiredCount: counts.desired,
      runningCount: counts.running ?? counts.desired,
    }),
    updates: [],
    fault: undefined,
  };
  const change = (changes: Partial<EcsService>): void => {
    if (ecs.service) ecs.service = { ...ecs.service, ...changes };
  };
  const { api } = createAutoscaling({
    clock,
    moto,
    cloudWatch,
    services: {
      get: (scope, cluster, name) =>
        scope.account === caller.account && cluster === "main" && name === "web" ? ecs.service : undefined,
      async update(_scope, input) {
        if (ecs.fault) throw ecs.fault;
        ecs.updates.push(input);
        change({ desiredCount: Number(input["desiredCount"]) });
        if (!ecs.service) throw new AwsFault("ServiceNotFoundException", "Service not found.");
        return ecs.service;
      },
    },
  });
  const ask = async (operation: string, input: Input, as: Caller = caller): Promise<Answer> => {
    const own = api.operations[operation];
    if (own?.kind !== "own") throw new Error(`${operation} is not ours`);
    return own.answer(input, as);
  };
  /** What an alarm of a policy says, and what that does. */
  const alarm = async (policy: string, side: "High" | "Low", ...values: readonly number[]): Promise<void> => {
    const { ScalingPolicies } = await ask("DescribeScalingPolicies", {
      ServiceNamespace: "ecs",
      PolicyNames: [policy],
    });
    const [found] = ScalingPolicies as readonly { PolicyARN: string; Alarms: readonly { AlarmName: string }[] }[];
    const name = found?.Alarms.find(({ AlarmName }) => AlarmName.includes(`Alarm${side}`))?.AlarmName ?? "";
    cloudWatch.standing.set(name, { state: "ALARM", values });
    await cloudWatch.fire({ scope: caller, name, state: "ALARM", policyArns: [found?.PolicyARN ?? ""] });
  };
  const calm = (): void => cloudWatch.standing.clear();
  /** All tasks that are wanted run. */
  const settle = (): void => change({ runningCount: ecs.service?.desiredCount ?? 0 });
  const activities = async (all = false): Promise<Answer[]> =>
    (await ask("DescribeScalingActivities", { ServiceNamespace: "ecs", IncludeNotScaledActivities: all }))[
      "ScalingActivities"
    ] as Answer[];
  return { clock, cloudWatch, moto, ecs, change, ask, alarm, calm, settle, activities };
}

/** Code and text of the error. */
export async function refusal(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof AwsFault) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "none";
}
