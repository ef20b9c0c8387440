import type { StackConfig } from "./config/schema";

/** Kinds of names: the templates of `slipway:naming`, except the environment's own. */
export type NamedResource = Exclude<keyof StackConfig["naming"], "stack">;

export interface NameLimit {
  readonly what: string;
  /** Longest name, in characters. */
  readonly length: number;
  readonly shape: RegExp;
  readonly shapeText: string;
}

const lettersDigitsHyphens = /^[a-zA-Z0-9_-]+$/;

/** What AWS takes as names. Sources: the APIs' references, and the checks of the AWS provider. */
export const limits: Readonly<Record<NamedResource, NameLimit>> = {
  cluster: {
    what: "an ECS cluster",
    length: 255,
    shape: lettersDigitsHyphens,
    shapeText: "letters, digits, hyphens and underscores",
  },
  service: {
    what: "an ECS service",
    length: 255,
    shape: lettersDigitsHyphens,
    shapeText: "letters, digits, hyphens and underscores",
  },
  family: {
    what: "a task definition family",
    length: 255,
    shape: lettersDigitsHyphens,
    shapeText: "letters, digits, hyphens and underscores",
  },
  logGroup: {
    what: "a log group",
    length: 512,
    shape: /^[0-9A-Za-z_./#-]+$/,
    shapeText: "letters, digits and _ . / # -",
  },
  database: {
    what: "an RDS instance",
    length: 63,
    shape: /^[a-z](?!.*--)(?:[0-9a-z-]*[0-9a-z])?$/,
    shapeText: "lower case letters, digits and single hyphens, beginning with a letter and not ending with a hyphen",
  },
  secret: {
    what: "a secret",
    length: 512,
    shape: /^[0-9A-Za-z/_+=.@-]+$/,
    shapeText: "letters, digits and / _ + = . @ -",
  },
  alarm: {
    what: "an alarm prefix",
    // An alarm's name has 255 characters; the rest is for the rule, the service and the container.
    length: 128,
    shape: /^[\x20-\x7e]+$/,
    shapeText: "printable ASCII",
  },
  loadBalancer: {
    what: "a load balancer",
    length: 32,
    shape: /^(?!internal-)[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
    shapeText: "letters, digits and hyphens, not at the ends, and not beginning with internal-",
  },
};
