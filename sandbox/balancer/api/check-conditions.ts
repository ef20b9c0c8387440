import { z } from "zod";
import type { Input } from "../../model/service-api";
import { invalid, read } from "./input";

const values = z.object({ Values: z.array(z.string()).optional(), RegexValues: z.array(z.string()).optional() });

const condition = z.object({
  Field: z.string().optional(),
  Values: z.array(z.string()).optional(),
  HostHeaderConfig: values.optional(),
  PathPatternConfig: values.optional(),
  HttpHeaderConfig: values.extend({ HttpHeaderName: z.string().optional() }).optional(),
  HttpRequestMethodConfig: values.optional(),
  SourceIpConfig: values.optional(),
  QueryStringConfig: z.object({ Values: z.array(z.object({}).loose()).optional() }).optional(),
});

type Condition = z.infer<typeof condition>;

/** Fields that a rule may have once only (ALB user guide, "Rule condition types"). */
const single: ReadonlySet<string> = new Set(["host-header", "path-pattern", "http-request-method", "source-ip"]);

/** ALB user guide, "Quotas": condition values per rule, and wildcards per rule. */
const mostValues = 5;
const mostWildcards = 5;

/**
 * Refuses conditions that AWS refuses and moto takes. The words are ours, the code is AWS' own.
 *
 * @param isRequired a new rule has one at least; a changed one keeps its own without them
 */
export function checkConditions(input: Input, isRequired: boolean): void {
  const { Conditions } = read(z.object({ Conditions: listOf(condition) }), input);
  if (Conditions.length === 0) {
    if (isRequired) throw invalid("A rule must have at least one condition");
    return;
  }
  const fields = Conditions.map(({ Field = "" }) => Field);
  const twice = fields.find((field, index) => single.has(field) && fields.indexOf(field) !== index);
  if (twice) throw invalid(`A rule can only have one '${twice}' condition`);
  if (Conditions.some((one) => countOf(one) === 0)) throw invalid("A condition value must be specified");
  if (sum(Conditions.map(countOf)) > mostValues)
    throw invalid(`A rule can have at most ${mostValues} condition values`);
  if (sum(Conditions.flatMap(patternsOf).map(wildcards)) > mostWildcards) {
    throw invalid(`A rule can have at most ${mostWildcards} wildcards`);
  }
  Conditions.forEach(checkOne);
}

function checkOne(one: Condition): void {
  if (one.Field === "host-header") {
    const wrong = textsOf(one).find((host) => !/\.[a-z*?]+$/i.test(host) || host.length > 128);
    if (wrong !== undefined) throw invalid(`Condition value '${wrong}' is not a host name`);
  }
  if (one.HttpHeaderConfig?.HttpHeaderName?.toLowerCase() === "host") {
    throw invalid("The header 'host' cannot be used in a 'http-header' condition; use 'host-header'");
  }
  if (one.SourceIpConfig?.Values?.includes("255.255.255.255/32")) {
    throw invalid("Condition value '255.255.255.255/32' cannot be used in a 'source-ip' condition");
  }
}

/** An empty list of the query protocol is an empty text. */
export const listOf = <T>(schema: z.ZodType<T>) =>
  z.preprocess((list) => (list === "" || list === undefined ? [] : list), z.array(schema));

const configsOf = (one: Condition) => [
  one.HostHeaderConfig,
  one.PathPatternConfig,
  one.HttpHeaderConfig,
  one.HttpRequestMethodConfig,
  one.SourceIpConfig,
];

/** A host or path may be written in two ways, and as both. */
const textsOf = (one: Condition): readonly string[] => {
  const inConfigs = configsOf(one).flatMap((config) => config?.Values ?? []);
  return inConfigs.length > 0 ? inConfigs : (one.Values ?? []);
};

const countOf = (one: Condition): number =>
  textsOf(one).length +
  configsOf(one).flatMap((config) => config?.RegexValues ?? []).length +
  (one.QueryStringConfig?.Values?.length ?? 0);

const patternsOf = (one: Condition): readonly string[] => (one.Field === "source-ip" ? [] : textsOf(one));

const wildcards = (text: string): number => text.replace(/[^*?]/g, "").length;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
