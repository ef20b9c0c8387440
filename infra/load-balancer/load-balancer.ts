import * as pulumi from "@pulumi/pulumi";
import * as aws from "../aws";
import type { LoadBalancerConfig, StackConfig } from "../config/schema";
import type { Names } from "../naming";
import { allOn, type Releases } from "../releases";
import { forwardAction, notFound, redirectToHttps, type ForwardAction } from "./actions";
import { conditionsOf } from "./conditions";
import { entrances } from "./entrances";
import { isNative, planListeners } from "./listener-plan";
import type { NativeRules, NativeRulesByService } from "./native-rules";
import { attachmentName, attachmentsOf, keyOf, type Attachment } from "./routes";
import { makeTargetGroups, type TargetGroups } from "./target-groups";
import { makeTestListener } from "./test-listener";

export interface LoadBalancerArgs {
  readonly names: Names;
  /** Decides which listeners exist. */
  readonly config: LoadBalancerConfig;
  /** Decides which target groups and rules exist. */
  readonly services: StackConfig["services"];
  /** How traffic is split in rules that are made now. */
  readonly releases: Releases;
  /** Services whose two target groups the stack has deployed before: their split belongs to the release driver, or to ECS. */
  readonly releasedServices: ReadonlySet<string>;
  readonly vpcId: pulumi.Input<string>;
  readonly publicSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly privateSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Takes deletion protection off, as the step before a destroy. @default false */
  readonly teardown?: boolean | undefined;
}

/**
 * One application load balancer with its listeners, rules and target groups.
 *
 * **Cost**: about $16 a month and what goes through it (us-east-1).
 */
export class LoadBalancer extends pulumi.ComponentResource {
  readonly dnsName: pulumi.Output<string>;
  /** Zone of that name, for aliases. */
  readonly hostedZoneId: pulumi.Output<string>;
  /** `app/<name>/<id>`, the value of CloudWatch's dimension. */
  readonly arnSuffix: pulumi.Output<string>;
  readonly targetGroups: TargetGroups;
  readonly nativeRules: NativeRulesByService;
  /** Listeners and rules: ECS takes a target group only when one of them uses it. */
  readonly routing: readonly pulumi.Resource[];

  constructor(name: string, args: LoadBalancerArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("slipway:services:LoadBalancer", name, {}, opts);
    const { config } = args;
    const plan = planListeners(args.services, config.test !== undefined);
    if (plan.kind === "refused") throw new pulumi.RunError(`slipway:services: ${plan.faults.join("\n")}`);

    const balancer = new aws.lb.LoadBalancer(name, balancerArgs(args), {
      parent: this,
      // A target group belongs to one load balancer only, so a successor cannot be made beside it.
      deleteBeforeReplace: true,
    });
    this.targetGroups = makeTargetGroups(args.services, args.vpcId, { parent: this });

    const action = ({ service, container }: Attachment): ForwardAction =>
      forwardAction(this.targetGroups[service]?.[container] ?? {}, args.releases[service]?.weights ?? allOn("blue"));
    // From then on the split is the release driver's, which alone shifts traffic (port `traffic`), or that of ECS.
    const unlessReleased = ({ service }: Attachment, property: string): string[] =>
      args.releasedServices.has(service) ? [property] : [];

    const nativeRules = new Map<string, pulumi.Output<string>>();
    const served = entrances(config).flatMap(({ role, listener: settings }) => {
      const { fallback } = plan;
      const listener = new aws.lb.Listener(
        `${name}-${role}`,
        {
          ...settings,
          loadBalancerArn: balancer.arn,
          defaultActions: [fallback === undefined ? notFound : action(fallback)],
        },
        { parent: this, ignoreChanges: fallback === undefined ? [] : unlessReleased(fallback, "defaultActions") },
      );
      const rules = plan.routes.map((route) => {
        const rule = new aws.lb.ListenerRule(
          `${name}-${role}-${attachmentName(route)}`,
          {
            listenerArn: listener.arn,
            priority: route.priority,
            conditions: conditionsOf(route),
            actions: [action(route)],
            tags: { Service: route.service },
          },
          { parent: this, ignoreChanges: unlessReleased(route, "actions") },
        );
        if (isNative(args.services, route)) nativeRules.set(keyOf(route), rule.arn);
        return rule;
      });
      return [listener, ...rules];
    });
    const test = makeTestListener(
      name,
      {
        config,
        routes: plan.testRoutes,
        targetGroups: this.targetGroups,
        loadBalancerArn: balancer.arn,
        owned: (route) => unlessReleased(route, "actions"),
      },
      { parent: this },
    );
    this.routing = [...served, ...test.resources];
    this.nativeRules = byService(attachmentsOf(args.services), nativeRules, test.nativeRules);
    if (config.http === "redirect") {
      new aws.lb.Listener(
        `${name}-http`,
        { loadBalancerArn: balancer.arn, port: 80, protocol: "HTTP", defaultActions: [redirectToHttps] },
        { parent: this },
      );
    }

    this.dnsName = balancer.dnsName;
    this.hostedZoneId = balancer.zoneId;
    this.arnSuffix = balancer.arnSuffix;
    this.registerOutputs({ dnsName: this.dnsName, arnSuffix: this.arnSuffix });
  }
}

function balancerArgs({ names, config, ...args }: LoadBalancerArgs): aws.lb.LoadBalancerArgs {
  const internal = config.scheme === "internal";
  return {
    ...(names.loadBalancer === undefined ? {} : { name: names.loadBalancer }),
    loadBalancerType: "application",
    internal,
    subnets: internal ? args.privateSubnetIds : args.publicSubnetIds,
    securityGroups: [args.securityGroupId],
    idleTimeout: config.idleTimeoutSeconds,
    enableDeletionProtection: config.deletionProtection && args.teardown !== true,
    // Header names that are not valid can smuggle a request past the load balancer's reading of it.
    dropInvalidHeaderFields: true,
    ...(config.accessLogs === undefined
      ? {}
      : {
          accessLogs: {
            enabled: true,
            bucket: config.accessLogs.bucket,
            ...(config.accessLogs.prefix === undefined ? {} : { prefix: config.accessLogs.prefix }),
          },
        }),
  };
}

function byService(
  attachments: readonly Attachment[],
  production: ReadonlyMap<string, pulumi.Output<string>>,
  tests: ReadonlyMap<string, pulumi.Output<string>>,
): NativeRulesByService {
  const found: Record<string, Record<string, NativeRules>> = {};
  for (const attachment of attachments) {
    const [rule, test] = [production.get(keyOf(attachment)), tests.get(keyOf(attachment))];
    if (rule === undefined) continue;
    (found[attachment.service] ??= {})[attachment.container] = {
      production: rule,
      ...(test === undefined ? {} : { test }),
    };
  }
  return found;
}
