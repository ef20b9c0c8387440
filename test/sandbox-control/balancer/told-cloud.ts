import type { Told } from "../../../sandbox/balancer/door";

/** The parts of the cloud's answer that a test says; the rest is as the API has it without any setting. */
export interface Wanted {
  readonly attributes?: Record<string, string>;
  readonly listeners?: readonly WantedListener[];
  readonly groups?: Readonly<Record<string, WantedGroup>>;
}

export interface WantedListener {
  readonly port?: number;
  readonly protocol?: string;
  readonly attributes?: Record<string, string>;
  /** Names of the groups of the default rule with their weights; no forward when it is left out. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Actions of the default rule instead. */
  readonly actions?: readonly object[];
  readonly rules?: readonly {
    readonly priority: number;
    readonly conditions: readonly object[];
    readonly actions: readonly object[];
  }[];
}

export interface WantedGroup {
  readonly attributes?: Record<string, string>;
  readonly settings?: Partial<Told["TargetGroups"][number]>;
}

export const scope = { account: "123456789012", region: "eu-central-1" };
const prefix = `arn:aws:elasticloadbalancing:${scope.region}:${scope.account}`;
export const groupArn = (name: string): string => `${prefix}:targetgroup/${name}/0123456789abcdef`;
export const balancerArn = `${prefix}:loadbalancer/app/shop/0011223344556677`;
export const listenerArn = (port = 80): string => `${prefix}:listener/app/shop/0011223344556677/${port}`;
export const ruleArn = (priority: number | "default", port = 80): string =>
  `${prefix}:listener-rule/app/shop/0011223344556677/${port}/${priority}`;

/** A forward action with weights by names of groups. */
export const forwardTo = (weights: Readonly<Record<string, number>>, sticky?: number): object => ({
  Type: "forward",
  ForwardConfig: {
    TargetGroups: Object.entries(weights).map(([name, Weight]) => ({ TargetGroupArn: groupArn(name), Weight })),
    TargetGroupStickinessConfig: sticky === undefined ? { Enabled: false } : { Enabled: true, DurationSeconds: sticky },
  },
});

/** What the side door of the cloud answers. */
export function toldCloud({ attributes = {}, listeners = [], groups = {} }: Wanted): Record<string, unknown> {
  return {
    LoadBalancers: [
      {
        LoadBalancerArn: balancerArn,
        LoadBalancerName: "shop",
        DNSName: "shop-1.eu-central-1.elb.amazonaws.com",
        Type: "application",
        Attributes: { "idle_timeout.timeout_seconds": "60", ...attributes },
      },
    ],
    Listeners: listeners.map(({ port = 80, protocol = "HTTP", attributes: own = {} }) => ({
      ListenerArn: listenerArn(port),
      LoadBalancerArn: balancerArn,
      Port: port,
      Protocol: protocol,
      Certificates: [],
      Attributes: own,
    })),
    Rules: listeners.flatMap(({ port = 80, weights, actions, rules = [] }) => [
      ...rules.map(({ priority, conditions, actions: own }) => ({
        RuleArn: ruleArn(priority, port),
        ListenerArn: listenerArn(port),
        Priority: String(priority),
        IsDefault: false,
        Conditions: conditions,
        Actions: own,
      })),
      {
        RuleArn: ruleArn("default", port),
        ListenerArn: listenerArn(port),
        Priority: "default",
        IsDefault: true,
        Conditions: [],
        Actions: actions ?? [forwardTo(weights ?? {})],
      },
    ]),
    TargetGroups: Object.entries(groups).map(([name, { attributes: own = {}, settings = {} }]) => ({
      TargetGroupArn: groupArn(name),
      Port: 8080,
      Protocol: "HTTP",
      TargetType: "ip",
      HealthCheckProtocol: "HTTP",
      HealthCheckPort: "traffic-port",
      HealthCheckPath: "/health",
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 3,
      UnhealthyThresholdCount: 2,
      Matcher: { HttpCode: "200" },
      Attributes: { "deregistration_delay.timeout_seconds": "300", ...own },
      ...settings,
    })),
  };
}
