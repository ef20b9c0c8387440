import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancerConfig, StackConfig } from "../config/schema";
import type { Names } from "../naming";
import type { Releases } from "../releases";
import { forwardAction, notFound, redirectToHttps, type ForwardAction } from "./actions";
import { attachmentName, attachmentsOf, planRoutes, type Attachment, type Route } from "./routes";
import { makeTargetGroups, type TargetGroups } from "./target-groups";

export interface LoadBalancerArgs {
  readonly names: Names;
  /** Decides which listeners exist. */
  readonly config: LoadBalancerConfig;
  /** Decides which target groups and rules exist. */
  readonly services: StackConfig["services"];
  /** How traffic is split in rules that are made now. */
  readonly releases: Releases;
  /** Services whose two slots the stack has deployed before: their split now belongs to the release driver. */
  readonly releasedServices: ReadonlySet<string>;
  readonly vpcId: pulumi.Input<string>;
  readonly publicSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly privateSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Takes deletion protection off, as the step before a destroy. @default false */
  readonly teardown?: boolean | undefined;
}

/** A listener that serves requests; one that only redirects is not among them. */
interface Entrance {
  readonly role: "http" | "https";
  readonly listener: Partial<aws.lb.ListenerArgs>;
}

/**
 * One application load balancer with its listeners, rules and target groups.
 *
 * **Cost**: about $16 a month and what goes through it (us-east-1).
 */
export class LoadBalancer extends pulumi.ComponentResource {
  readonly dnsName: pulumi.Output<string>;
  /** `app/<name>/<id>`, the value of CloudWatch's dimension. */
  readonly arnSuffix: pulumi.Output<string>;
  readonly targetGroups: TargetGroups;
  /** Listeners and rules: ECS takes a target group only when one of them uses it. */
  readonly routing: readonly pulumi.Resource[];

  constructor(name: string, args: LoadBalancerArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("slipway:services:LoadBalancer", name, {}, opts);
    const { config } = args;
    const plan = planRoutes(attachmentsOf(args.services));
    if (plan.kind === "refused") throw new pulumi.RunError(`slipway:services: ${plan.faults.join("\n")}`);

    const balancer = new aws.lb.LoadBalancer(name, balancerArgs(args), {
      parent: this,
      // A target group belongs to one load balancer only, so a successor cannot be made beside it.
      deleteBeforeReplace: true,
    });
    this.targetGroups = makeTargetGroups(args.services, args.vpcId, { parent: this });

    const action = ({ service, container }: Attachment): ForwardAction =>
      forwardAction(this.targetGroups[service]?.[container] ?? {}, args.releases[service]?.weights ?? allBlue);
    // The split between two slots is the release driver's from then on: it alone shifts traffic (port `traffic`).
    const unlessReleased = ({ service }: Attachment, property: string): string[] =>
      args.releasedServices.has(service) ? [property] : [];

    this.routing = entrances(config).flatMap(({ role, listener: settings }) => {
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
      const rules = plan.routes.map(
        (route) =>
          new aws.lb.ListenerRule(
            `${name}-${role}-${attachmentName(route)}`,
            {
              listenerArn: listener.arn,
              priority: route.priority,
              conditions: conditionsOf(route),
              actions: [action(route)],
              tags: { Service: route.service },
            },
            { parent: this, ignoreChanges: unlessReleased(route, "actions") },
          ),
      );
      return [listener, ...rules];
    });
    if (config.http === "redirect") {
      new aws.lb.Listener(
        `${name}-http`,
        { loadBalancerArn: balancer.arn, port: 80, protocol: "HTTP", defaultActions: [redirectToHttps] },
        { parent: this },
      );
    }

    this.dnsName = balancer.dnsName;
    this.arnSuffix = balancer.arnSuffix;
    this.registerOutputs({ dnsName: this.dnsName, arnSuffix: this.arnSuffix });
  }
}

const allBlue = { blue: 100, green: 0 };

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

function entrances({ http, https }: LoadBalancerConfig): readonly Entrance[] {
  return [
    ...(http === "forward" ? [{ role: "http", listener: { port: 80, protocol: "HTTP" } } as const] : []),
    ...(https === undefined
      ? []
      : [
          {
            role: "https",
            listener: {
              port: 443,
              protocol: "HTTPS",
              certificateArn: https.certificateArn,
              sslPolicy: https.sslPolicy,
            },
          } as const,
        ]),
  ];
}

function conditionsOf({ paths, hosts }: Route): aws.types.input.lb.ListenerRuleCondition[] {
  return [
    ...(hosts.length === 0 ? [] : [{ hostHeader: { values: [...hosts] } }]),
    ...(paths.length === 0 ? [] : [{ pathPattern: { values: [...paths] } }]),
  ];
}
