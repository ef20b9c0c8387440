/** Where a thing of AWS lives: everything in the sandbox is kept by account and region, as AWS keeps it. */
export interface Scope {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
}

/** The scope as a key of a map. */
export const scopeKey = ({ account, region }: Scope): string => `${account}/${region}`;

/** `arn:aws:ecs:eu-central-1:123456789012:...` names its scope. Undefined for what is no ARN, or has no region. */
export function scopeOf(arn: string): Scope | undefined {
  const [prefix, , , region, account] = arn.split(":");
  return prefix === "arn" && region && account ? { account, region } : undefined;
}
