import appautoscaling from "./data/aws-appautoscaling.json";
import cloudwatch from "./data/aws-cloudwatch.json";
import ec2 from "./data/aws-ec2.json";
import ecs from "./data/aws-ecs.json";
import iam from "./data/aws-iam.json";
import lb from "./data/aws-lb.json";
import rds from "./data/aws-rds.json";
import route53 from "./data/aws-route53.json";
import s3 from "./data/aws-s3.json";
import secretsmanager from "./data/aws-secretsmanager.json";
import sns from "./data/aws-sns.json";
import vpc from "./data/aws-vpc.json";
import random from "./data/random.json";

/** Values that a property may take; several fields of one entry must all hold, except that `or...` and `also...` widen. */
export interface Allowed {
  readonly min?: number;
  readonly max?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly notPattern?: string;
  readonly keyNotPattern?: string;
  readonly oneOf?: readonly (string | number)[];
  readonly alsoAllowed?: readonly (string | number)[];
  readonly orMin?: number;
  readonly orMax?: number;
  readonly orMultipleOf?: number;
  readonly caseInsensitive?: boolean;
  readonly arn?: boolean;
  readonly json?: boolean;
  /** Key of `formats`. */
  readonly format?: string;
  readonly base64?: boolean;
  readonly rfc3339?: boolean;
  readonly numericString?: boolean;
  /** Who refuses a bad value when it is not the provider: "AWS" at apply, or nobody ("documentation"). */
  readonly enforcedBy?: string;
  readonly note?: string;
}

/** Properties that exclude or need each other. */
export interface Group {
  readonly kind: string;
  readonly props?: readonly string[];
  /** The subject of a `requiredWith` that was noted with one property only. */
  readonly prop?: string;
  /** Other properties, or `property=value`. */
  readonly requires?: readonly string[];
  readonly value?: unknown;
  readonly of?: string;
  /** Condition in words; `conditions.ts` gives each its meaning. */
  readonly when?: string;
  readonly checkedAt?: string;
  readonly enforcedBy?: string;
  readonly severity?: string;
}

/** How Pulumi names a resource whose program gives no name. */
export interface AutoName {
  readonly property: string;
  readonly maxLength: number;
  /** Between the logical name and the random part; "-" when not given. */
  readonly separator?: string;
  /** Length of the random part; 7 when not given. */
  readonly randomHexChars?: number;
  readonly transform?: string;
}

/** What the real provider's schema says about one resource type. */
export interface ResourceFacts {
  /** Where the facts were read. */
  readonly source: string;
  readonly required: readonly string[];
  readonly replaceOnChange: readonly string[];
  readonly replaceConditional?: readonly { readonly props: readonly string[]; readonly when: string }[];
  readonly defaults?: Readonly<Record<string, unknown>>;
  readonly allowed?: Readonly<Record<string, Allowed>>;
  readonly conflictsWith?: readonly Group[];
  readonly computed?: readonly string[];
  readonly deleteBeforeReplace: boolean;
  readonly deleteBeforeReplaceWhenSet?: readonly string[];
  readonly autoName?: AutoName;
  readonly tags: boolean;
}

const services: Readonly<Record<string, unknown>> = {
  "aws-appautoscaling": appautoscaling,
  "aws-cloudwatch": cloudwatch,
  "aws-ec2": ec2,
  "aws-ecs": ecs,
  "aws-iam": iam,
  "aws-lb": lb,
  "aws-rds": rds,
  "aws-route53": route53,
  "aws-s3": s3,
  "aws-secretsmanager": secretsmanager,
  "aws-sns": sns,
  "aws-vpc": vpc,
  random,
};

/** The program uses a resource type that nothing is known about: a gap in the sandbox, not a fault of the program. */
export class UnknownResourceType extends Error {
  constructor(readonly type: string) {
    super(`No facts about resource type ${type}: add it to sandbox/facts/data/${fileOf(type)}.json`);
    this.name = "UnknownResourceType";
  }
}

/** Facts about a Pulumi type token; throws UnknownResourceType naming the file to add it to. */
export function factsOf(type: string): ResourceFacts {
  const facts = (services[fileOf(type)] as Readonly<Record<string, ResourceFacts>> | undefined)?.[type];
  if (facts === undefined) throw new UnknownResourceType(type);
  return facts;
}

/** Every type token that there are facts about. */
export function knownTypes(): readonly string[] {
  return Object.values(services).flatMap((service) => Object.keys(service as object));
}

/** `aws:ec2/vpc:Vpc` -> `aws-ec2`; `random:index/randomId:RandomId` -> `random`. */
function fileOf(type: string): string {
  const [, pack = type, module = "index"] = /^([^:]+):([^/:]+)/.exec(type) ?? [];
  return module === "index" ? pack : `${pack}-${module}`;
}
