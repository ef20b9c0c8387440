import type { RuleCondition } from "@aws-sdk/client-elastic-load-balancing-v2";

interface Values {
  readonly values: readonly string[];
}

/** A condition of a listener rule, in Pulumi's names; exactly one of its fields is given. */
export interface LbCondition {
  readonly hostHeader?: Values;
  readonly pathPattern?: Values;
  readonly httpRequestMethod?: Values;
  readonly sourceIp?: Values;
  readonly httpHeader?: Values & { readonly httpHeaderName: string };
  readonly queryStrings?: readonly { readonly key?: string; readonly value: string }[];
}

const list = (values: readonly string[] | undefined) => ({ Values: [...(values ?? [])] });

/** Conditions as the AWS API takes them. */
export function toConditions(conditions: readonly LbCondition[]): RuleCondition[] {
  return conditions.map((condition): RuleCondition => {
    if (condition.hostHeader) return { Field: "host-header", HostHeaderConfig: list(condition.hostHeader.values) };
    if (condition.pathPattern) return { Field: "path-pattern", PathPatternConfig: list(condition.pathPattern.values) };
    if (condition.sourceIp) return { Field: "source-ip", SourceIpConfig: list(condition.sourceIp.values) };
    if (condition.httpRequestMethod) {
      return { Field: "http-request-method", HttpRequestMethodConfig: list(condition.httpRequestMethod.values) };
    }
    if (condition.httpHeader) {
      const { httpHeaderName: HttpHeaderName, values } = condition.httpHeader;
      return { Field: "http-header", HttpHeaderConfig: { HttpHeaderName, ...list(values) } };
    }
    const queries = (condition.queryStrings ?? []).map(({ key, value }) => ({ Key: key, Value: value }));
    return { Field: "query-string", QueryStringConfig: { Values: queries } };
  });
}

/** Conditions in Pulumi's names. */
export function fromConditions(conditions: readonly RuleCondition[] | undefined): readonly object[] {
  return (conditions ?? []).map((condition) => {
    // The older short form lists the values beside the field.
    const values = (config: { readonly Values?: string[] | undefined } | undefined) => ({
      values: config?.Values ?? condition.Values ?? [],
    });
    switch (condition.Field) {
      case "host-header":
        return { hostHeader: values(condition.HostHeaderConfig) };
      case "path-pattern":
        return { pathPattern: values(condition.PathPatternConfig) };
      case "source-ip":
        return { sourceIp: values(condition.SourceIpConfig) };
      case "http-request-method":
        return { httpRequestMethod: values(condition.HttpRequestMethodConfig) };
      case "http-header":
        return {
          httpHeader: {
            httpHeaderName: condition.HttpHeaderConfig?.HttpHeaderName,
            ...values(condition.HttpHeaderConfig),
          },
        };
      case "query-string":
      case undefined: // an empty block differs from whatever was asked for
      default:
        return {
          queryStrings: (condition.QueryStringConfig?.Values ?? []).map(({ Key, Value }) => ({
            key: Key,
            value: Value,
          })),
        };
    }
  });
}
