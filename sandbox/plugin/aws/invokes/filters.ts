import type { Filter } from "@aws-sdk/client-ec2";

/** Arguments by which the provider's EC2 functions narrow down what they look for. */
export interface Filtered {
  readonly filters?: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly tags?: Readonly<Record<string, string>>;
}

/** Filters for the AWS API. */
export function toFilters({ filters = [], tags = {} }: Filtered): Filter[] {
  return [
    ...filters.map(({ name, values }) => ({ Name: name, Values: [...values] })),
    ...Object.entries(tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] })),
  ];
}

/** The one that was looked for; the provider's functions for a single thing refuse none and many alike. */
export function theOnly<T>(found: readonly T[] | undefined, what: string): T {
  const [first, ...others] = found ?? [];
  if (first === undefined) throw new Error(`no matching ${what} found`);
  if (others.length > 0)
    throw new Error(`multiple ${what}s matched; use additional constraints to reduce matches to a single ${what}`);
  return first;
}
