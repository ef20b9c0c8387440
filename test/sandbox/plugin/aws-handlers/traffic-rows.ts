import {
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyRuleCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { aSecurityGroup, aSubnet, aVpc } from "./network-rows";
import type { HandlerRow, World } from "./row";

const elb = (world: World): ElasticLoadBalancingV2Client => world.client(ElasticLoadBalancingV2Client);

/** A target group for tasks. */
export const aTargetGroup = async (world: World, vpcId: string, name = "row-blue"): Promise<string> =>
  (
    await world.make("aws:lb/targetGroup:TargetGroup", {
      name,
      port: 8080,
      protocol: "HTTP",
      targetType: "ip",
      vpcId,
      healthCheck: { path: "/health" },
    })
  ).id;

const aLoadBalancer = async (world: World, vpcId: string): Promise<string> => {
  const subnets = [await aSubnet(world, vpcId, "a"), await aSubnet(world, vpcId, "b")];
  return (await world.make("aws:lb/loadBalancer:LoadBalancer", { name: "row", internal: true, subnets })).id;
};

const aListener = async (world: World, vpcId: string): Promise<string> =>
  (
    await world.make("aws:lb/listener:Listener", {
      loadBalancerArn: await aLoadBalancer(world, vpcId),
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }],
    })
  ).id;

/** Behind a load balancer: ECS takes no other for a service. */
export const aGroupInUse = async (world: World, vpcId: string): Promise<string> => {
  const group = await aTargetGroup(world, vpcId);
  await world.make("aws:lb/listener:Listener", {
    loadBalancerArn: await aLoadBalancer(world, vpcId),
    port: 80,
    protocol: "HTTP",
    defaultActions: [{ type: "forward", targetGroupArn: group }],
  });
  return group;
};

const weighted = (blue: string, green: string, share: number) => [
  {
    type: "forward",
    forward: {
      targetGroups: [
        { arn: blue, weight: 100 - share },
        { arn: green, weight: share },
      ],
    },
  },
];

export const trafficRows: readonly HandlerRow[] = [
  {
    type: "aws:lb/loadBalancer:LoadBalancer",
    inputs: async (world) => {
      const vpcId = await aVpc(world);
      return {
        name: "slipway-web",
        internal: false,
        loadBalancerType: "application",
        securityGroups: [await aSecurityGroup(world, vpcId)],
        subnets: [await aSubnet(world, vpcId, "b"), await aSubnet(world, vpcId, "a")],
        idleTimeout: 120,
        tags: { Name: "web" },
      };
    },
    change: { idleTimeout: 30, dropInvalidHeaderFields: true, tags: { Name: "renamed" } },
    drift: {
      by: ({ id }, world) =>
        elb(world).send(
          new ModifyLoadBalancerAttributesCommand({
            LoadBalancerArn: id,
            Attributes: [{ Key: "idle_timeout.timeout_seconds", Value: "600" }],
          }),
        ),
      shows: { idleTimeout: 600 },
    },
    computed: {
      id: /^arn:aws:elasticloadbalancing:eu-central-1:\d{12}:loadbalancer\/app\/slipway-web\/\w+$/,
      arnSuffix: /^app\/slipway-web\/\w+$/,
      dnsName: /^slipway-web.*\.elb\.amazonaws\.com$/,
      zoneId: /^Z/,
      vpcId: /^vpc-/,
    },
  },
  {
    type: "aws:lb/targetGroup:TargetGroup",
    inputs: async (world) => ({
      name: "slipway-web-blue",
      port: 8080,
      protocol: "HTTP",
      targetType: "ip",
      vpcId: await aVpc(world),
      deregistrationDelay: 30,
      healthCheck: { path: "/health", interval: 15, timeout: 5, healthyThreshold: 2, matcher: "200" },
      tags: { Slot: "blue" },
    }),
    change: {
      deregistrationDelay: 60,
      healthCheck: { path: "/ready", interval: 10, timeout: 5, healthyThreshold: 2, matcher: "200-299" },
    },
    drift: {
      by: async ({ id }, world) => {
        const delay = { Key: "deregistration_delay.timeout_seconds", Value: "5" };
        await elb(world).send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: id, Attributes: [delay] }));
        await elb(world).send(new ModifyTargetGroupCommand({ TargetGroupArn: id, HealthCheckPath: "/elsewhere" }));
      },
      shows: {
        deregistrationDelay: 5,
        healthCheck: {
          path: "/elsewhere",
          interval: 10,
          timeout: 5,
          healthyThreshold: 2,
          matcher: "200-299",
          enabled: true,
          port: "traffic-port",
          protocol: "HTTP",
          unhealthyThreshold: 3,
        },
      },
    },
    computed: { id: /:targetgroup\/slipway-web-blue\/\w+$/, arnSuffix: /^targetgroup\/slipway-web-blue\/\w+$/ },
  },
  {
    type: "aws:lb/listener:Listener",
    inputs: async (world) => ({
      loadBalancerArn: await aLoadBalancer(world, await aVpc(world)),
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ type: "redirect", redirect: { statusCode: "HTTP_301", port: "443", protocol: "HTTPS" } }],
      tags: { Name: "http" },
    }),
    change: {
      defaultActions: [
        {
          type: "fixed-response",
          fixedResponse: { contentType: "text/plain", messageBody: "closed", statusCode: "503" },
        },
      ],
    },
    drift: {
      by: ({ id }, world) =>
        elb(world).send(
          new ModifyListenerCommand({
            ListenerArn: id,
            DefaultActions: [
              { Type: "fixed-response", FixedResponseConfig: { ContentType: "text/plain", StatusCode: "200" } },
            ],
          }),
        ),
      shows: {
        defaultActions: [
          {
            type: "fixed-response",
            fixedResponse: { contentType: "text/plain", statusCode: "200" },
          },
        ],
      },
    },
    computed: { id: /:listener\/app\/row\/\w+\/\w+$/, arn: /:listener\/app\/row/ },
  },
  {
    type: "aws:lb/listenerRule:ListenerRule",
    inputs: async (world) => {
      const vpcId = await aVpc(world);
      const [blue, green] = [await aTargetGroup(world, vpcId), await aTargetGroup(world, vpcId, "row-green")];
      Object.assign(groups, { blue, green });
      return {
        listenerArn: await aListener(world, vpcId),
        priority: 10,
        conditions: [{ pathPattern: { values: ["/api/*", "/v1/*"] } }, { hostHeader: { values: ["example.com"] } }],
        actions: weighted(blue, green, 0),
        tags: { Service: "web" },
      };
    },
    change: { priority: 20, conditions: [{ pathPattern: { values: ["/*"] } }] },
    drift: {
      by: ({ id }, world) =>
        elb(world).send(
          new ModifyRuleCommand({
            RuleArn: id,
            Actions: [
              {
                Type: "forward",
                ForwardConfig: {
                  TargetGroups: [
                    { TargetGroupArn: groups.blue, Weight: 90 },
                    { TargetGroupArn: groups.green, Weight: 10 },
                  ],
                },
              },
            ],
          }),
        ),
      get shows() {
        return { actions: weighted(groups.blue, groups.green, 10) };
      },
    },
    computed: { id: /:listener-rule\/app\/row\/\w+\/\w+\/\w+$/ },
  },
];

/** Known only while the row runs. */
const groups = { blue: "", green: "" };
