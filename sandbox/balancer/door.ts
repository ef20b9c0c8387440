import { z } from "zod";
import type { Moto } from "../model/moto";
import type { Scope } from "../model/scope";

/** A number that moto may tell as a text, or not at all. */
const number = z.coerce.number();
const attributes = z.record(z.string(), z.string()).default({});

/** The query protocol writes truth values as texts. */
const truth = z.union([z.boolean(), z.string().transform((text) => text === "true")]);

const stickiness = z.object({
  Enabled: truth.nullish(),
  DurationSeconds: number.nullish(),
});

const action = z.object({
  Type: z.string(),
  Order: number.nullish(),
  ForwardConfig: z
    .object({
      TargetGroups: z.array(z.object({ TargetGroupArn: z.string().nullish(), Weight: number.nullish() })).default([]),
      TargetGroupStickinessConfig: stickiness.nullish(),
    })
    .nullish(),
  RedirectConfig: z
    .object({
      Protocol: z.string().nullish(),
      Host: z.string().nullish(),
      Port: z.coerce.string().nullish(),
      Path: z.string().nullish(),
      Query: z.string().nullish(),
      StatusCode: z.string(),
    })
    .nullish(),
  FixedResponseConfig: z
    .object({
      StatusCode: z.coerce.string(),
      ContentType: z.string().nullish(),
      MessageBody: z.string().nullish(),
    })
    .nullish(),
});

const values = z.object({
  Values: z.array(z.string()).default([]),
  RegexValues: z.array(z.string()).default([]),
});

const condition = z.object({
  Field: z.string(),
  Values: z.array(z.string()).nullish(),
  HostHeaderConfig: values.nullish(),
  PathPatternConfig: values.nullish(),
  HttpHeaderConfig: values.extend({ HttpHeaderName: z.string() }).nullish(),
  HttpRequestMethodConfig: values.nullish(),
  SourceIpConfig: values.nullish(),
  QueryStringConfig: z
    .object({ Values: z.array(z.object({ Key: z.string().nullish(), Value: z.string() })).default([]) })
    .nullish(),
});

const answer = z.object({
  LoadBalancers: z.array(
    z.object({
      LoadBalancerArn: z.string(),
      LoadBalancerName: z.string(),
      DNSName: z.string(),
      Type: z.string(),
      AvailabilityZones: z.array(z.object({ ZoneName: z.string() })).default([]),
      Attributes: attributes,
    }),
  ),
  Listeners: z.array(
    z.object({
      ListenerArn: z.string(),
      LoadBalancerArn: z.string(),
      Port: number,
      Protocol: z.string(),
      Certificates: z.array(z.object({ DomainNames: z.array(z.string()).default([]) })).default([]),
      Attributes: attributes,
    }),
  ),
  Rules: z.array(
    z.object({
      RuleArn: z.string(),
      ListenerArn: z.string(),
      Priority: z.coerce.string(),
      IsDefault: z.boolean(),
      Conditions: z.array(condition),
      Actions: z.array(action),
    }),
  ),
  TargetGroups: z.array(
    z.object({
      TargetGroupArn: z.string(),
      Port: number.nullish(),
      Protocol: z.string().nullish(),
      TargetType: z.string(),
      HealthCheckProtocol: z.string().nullish(),
      HealthCheckPort: z.string().nullish(),
      HealthCheckPath: z.string().nullish(),
      HealthCheckIntervalSeconds: number,
      HealthCheckTimeoutSeconds: number,
      HealthyThresholdCount: number,
      UnhealthyThresholdCount: number,
      Matcher: z.object({ HttpCode: z.string().nullish() }).nullish(),
      Attributes: attributes,
    }),
  ),
});

export type Told = z.infer<typeof answer>;
export type ToldBalancer = Told["LoadBalancers"][number];
export type ToldListener = Told["Listeners"][number];
export type ToldRule = Told["Rules"][number];
export type ToldAction = z.infer<typeof action>;
export type ToldCondition = z.infer<typeof condition>;
export type ToldGroup = Told["TargetGroups"][number];

/** All load balancers of a scope as the cloud has them now; see `emulator/doors/balancers.py` for the answer. */
export async function askBalancers(moto: Pick<Moto, "door">, { account, region }: Scope): Promise<Told> {
  return answer.parse(await moto.door("/slipway/balancers", { account, region }));
}
