import type { Phase } from "./check-inputs";
import { isGiven } from "./property-path";
import { isRecord, unknown } from "./property-value";

/** The object in which a group of properties lies: the resource, a nested block or a list item. */
export type Scope = Readonly<Record<string, unknown>>;

/** The meaning of one `when` text of the facts. */
export type Condition =
  | {
      readonly kind: "enforced";
      /** Used where the fact itself does not say when it is checked. */
      readonly phase: Phase;
      /** undefined: cannot be told yet, as something is unknown. */
      readonly holds: (scope: Scope) => boolean | undefined;
    }
  | {
      readonly kind: "not enforced";
      readonly reason: string;
    };

/**
 * Every `when` text of the facts, decided once: what is enforced (by the provider at preview, by AWS at apply, or at
 * removal), and what is not, with the reason. A text that is missing here is an error.
 */
export const conditions: Readonly<Record<string, Condition>> = {
  // Always true; the text only says who refuses, or that the group is meant for each list item.
  "API, at apply": apply(always),
  "per element (preview error)": preview(always),
  "per element": preview(always),
  "per element, checked at apply": apply(always),
  "per condition element; zero or several is an error at apply": apply(always),
  "checked at preview": preview(always),
  "preview error": preview(always),
  "must hold the same value (API)": apply(always),
  "per the Pulumi type docs": apply(always),

  // Alarms
  "metricName or metricQueries is set": preview((scope) =>
    either(given(scope, "metricName"), given(scope, "metricQueries")),
  ),
  "metricName is set": preview((scope) => given(scope, "metricName")),

  // Network
  "source is not a transit gateway or attachment": apply((scope) =>
    not(either(given(scope, "transitGatewayId"), given(scope, "transitGatewayAttachmentId"))),
  ),
  "connectivityType is private (plan error)": preview((scope) => is(scope, "connectivityType", "private")),
  "connectivityType is public (plan error)": preview((scope) => is(scope, "connectivityType", "public", undefined)),
  "availabilityMode is zonal (the effective default)": apply((scope) =>
    is(scope, "availabilityMode", "zonal", undefined),
  ),
  "availabilityMode is regional": apply((scope) => is(scope, "availabilityMode", "regional")),
  "public and zonal": apply((scope) =>
    both(is(scope, "connectivityType", "public", undefined), is(scope, "availabilityMode", "zonal", undefined)),
  ),
  "ipProtocol is -1 (ports must be omitted, docs)": apply((scope) => is(scope, "ipProtocol", "-1")),
  "ipProtocol is not -1 or icmpv6": apply((scope) => not(is(scope, "ipProtocol", "-1", "icmpv6", "58"))),

  // ECS
  "logging is OVERRIDE": apply((scope) => is(scope, "logging", "OVERRIDE")),
  "otherwise triggers has no effect": notEnforced(
    "triggers without forceNewDeployment are accepted and dropped from the diff",
  ),
  "sigintRollback is true": preview((scope) => is(scope, "sigintRollback", true)),
  "capacityProviderStrategies changes on an existing service": notEnforced("needs the old state: the diff refuses it"),
  "task definition uses networkMode awsvpc": notEnforced(
    "the service knows only the task definition's name; AWS looks",
  ),
  "strategy is BLUE_GREEN with a load balancer": notEnforced(
    "the strategy lies outside of the load balancer's block; AWS looks",
  ),
  "deploymentController.type is not EXTERNAL": apply((scope) =>
    not(is(nested(scope, "deploymentController"), "type", "EXTERNAL")),
  ),
  "schedulingStrategy is DAEMON: desiredCount is ignored": notEnforced(
    "the provider ignores the count instead of refusing it",
  ),
  "requiresCompatibilities contains FARGATE": apply(isFargate),
  "requiresCompatibilities contains FARGATE (API, at apply)": apply(isFargate),
  "FARGATE with private ECR images, awslogs or secrets": apply((scope) =>
    both(isFargate(scope), needsExecutionRole(scope)),
  ),
  "authorizationConfig.iam ENABLED or accessPointId set (API, at apply)": apply((scope) => {
    const authorization = nested(scope, "authorizationConfig");
    return either(is(authorization, "iam", "ENABLED"), given(authorization, "accessPointId"));
  }),

  // Load balancing
  "type is forward (preview error otherwise)": preview((scope) => is(scope, "type", "forward")),
  "both allowed only when forward has one target group with the same ARN": preview((scope) =>
    not(forwardsToOnly(scope)),
  ),
  "type is redirect": preview((scope) => is(scope, "type", "redirect")),
  "type is fixed-response": preview((scope) => is(scope, "type", "fixed-response")),
  "type is authenticate-cognito": preview((scope) => is(scope, "type", "authenticate-cognito")),
  "type is authenticate-oidc": preview((scope) => is(scope, "type", "authenticate-oidc")),
  "type is jwt-validation": preview((scope) => is(scope, "type", "jwt-validation")),
  "transforms type is host-header-rewrite": preview((scope) => is(scope, "type", "host-header-rewrite")),
  "transforms type is url-rewrite": preview((scope) => is(scope, "type", "url-rewrite")),
  "protocol is HTTPS or TLS": apply((scope) => is(scope, "protocol", "HTTPS", "TLS")),
  "application or network load balancer": notEnforced("the listener knows only its load balancer's ARN; AWS looks"),
  "network load balancer": notEnforced("the listener knows only its load balancer's ARN; AWS looks"),
  "mutualAuthentication.mode is verify": apply((scope) => is(scope, "mode", "verify")),
  "targetType is not lambda": preview((scope) => not(is(scope, "targetType", "lambda"))),
  "targetType lambda with health check protocol TCP (preview error)": preview((scope) =>
    both(is(scope, "targetType", "lambda"), is(nested(scope, "healthCheck"), "protocol", "TCP")),
  ),
  "health check protocol TCP with an HTTP or HTTPS target group (error)": preview((scope) =>
    both(is(scope, "protocol", "HTTP", "HTTPS"), is(nested(scope, "healthCheck"), "protocol", "TCP")),
  ),
  "health check protocol TCP": preview((scope) => is(scope, "protocol", "TCP")),
  "stickiness.type is app_cookie": apply((scope) => is(scope, "type", "app_cookie")),

  // Database
  "manageMasterUserPassword set at all": preview(always),
  "preview error when enabled is true; engine must be mysql, mariadb or postgres": preview((scope) =>
    is(nested(scope, "blueGreenUpdate"), "enabled", true),
  ),
  "skipFinalSnapshot is false": {
    kind: "enforced",
    phase: "delete",
    holds: (scope) => is(scope, "skipFinalSnapshot", false, undefined),
  },
  "performanceInsightsKmsKeyId or performanceInsightsRetentionPeriod is set": apply((scope) =>
    either(given(scope, "performanceInsightsKmsKeyId"), given(scope, "performanceInsightsRetentionPeriod")),
  ),
  "no replicateSourceDb, snapshotIdentifier, restoreToPointInTime": apply(isNewDatabase),
  "same, and none of the alternatives passwordWo / manageMasterUserPassword is set": apply((scope) =>
    both(isNewDatabase(scope), not(either(given(scope, "passwordWo"), given(scope, "manageMasterUserPassword")))),
  ),
  "monitoringInterval > 0": apply((scope) =>
    decided(scope["monitoringInterval"], (seconds) => Number(seconds ?? 0) > 0),
  ),

  // Notification
  "archivePolicy is set (preview error otherwise)": preview((scope) => given(scope, "archivePolicy")),
  "contentBasedDeduplication is set (preview error otherwise)": preview((scope) =>
    is(scope, "contentBasedDeduplication", true),
  ),
  "fifoThroughputScope is set (preview error otherwise)": preview((scope) => given(scope, "fifoThroughputScope")),
  "protocol is firehose": apply((scope) => is(scope, "protocol", "firehose")),
};

function preview(holds: (scope: Scope) => boolean | undefined): Condition {
  return { kind: "enforced", phase: "preview", holds };
}

function apply(holds: (scope: Scope) => boolean | undefined): Condition {
  return { kind: "enforced", phase: "apply", holds };
}

function notEnforced(reason: string): Condition {
  return { kind: "not enforced", reason };
}

function always(): boolean {
  return true;
}

function decided(value: unknown, judge: (known: unknown) => boolean): boolean | undefined {
  return value === unknown ? undefined : judge(value);
}

function given(scope: Scope, name: string): boolean | undefined {
  return decided(scope[name], isGiven);
}

/** Upper and lower case are the same to the provider wherever these values are compared. */
function is(scope: Scope, name: string, ...values: readonly unknown[]): boolean | undefined {
  const fold = (item: unknown): unknown => (typeof item === "string" ? item.toLowerCase() : (item ?? undefined));
  return decided(scope[name], (value) => values.map(fold).includes(fold(value)));
}

function nested(scope: Scope, name: string): Scope {
  const value = scope[name];
  return isRecord(value) ? value : {};
}

function not(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function either(left: boolean | undefined, right: boolean | undefined): boolean | undefined {
  if (left === true || right === true) return true;
  return left === undefined || right === undefined ? undefined : false;
}

function both(left: boolean | undefined, right: boolean | undefined): boolean | undefined {
  return not(either(not(left), not(right)));
}

function isFargate(scope: Scope): boolean | undefined {
  return decided(scope["requiresCompatibilities"], (kinds) => Array.isArray(kinds) && kinds.includes("FARGATE"));
}

function needsExecutionRole(scope: Scope): boolean | undefined {
  return decided(
    scope["containerDefinitions"],
    (text) => typeof text === "string" && /"awslogs"|"secrets"\s*:\s*\[\s*\{|\.dkr\.ecr\./.test(text),
  );
}

function isNewDatabase(scope: Scope): boolean | undefined {
  const origins = ["replicateSourceDb", "snapshotIdentifier", "restoreToPointInTime", "s3Import"];
  return not(origins.map((name) => given(scope, name)).reduce(either, false));
}

function forwardsToOnly(action: Scope): boolean | undefined {
  const groups = nested(action, "forward")["targetGroups"];
  const only = Array.isArray(groups) && groups.length === 1 ? (groups[0] as unknown) : undefined;
  if (groups === unknown || only === unknown || action["targetGroupArn"] === unknown) return undefined;
  return isRecord(only) && decided(only["arn"], (arn) => arn === action["targetGroupArn"]);
}
