import { decode, isRecord } from "../facts/property-value";

/** Configuration of the aws provider, as far as the sandbox obeys it. */
export interface ProviderConfig {
  /** undefined: the environment's. */
  readonly region: string | undefined;
  /** Empty: every account is fine. */
  readonly allowedAccountIds: readonly string[];
  readonly forbiddenAccountIds: readonly string[];
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** What holds before the engine has configured anything. */
export const noConfig: ProviderConfig = {
  region: undefined,
  allowedAccountIds: [],
  forbiddenAccountIds: [],
  defaultTags: {},
};

/** Reads the engine's arguments; structured values travel as JSON texts. */
export function parseProviderConfig(wire: unknown): ProviderConfig {
  const { value } = decode(wire);
  const args = isRecord(value) ? value : {};
  const { region } = args;
  const defaults = structured(args["defaultTags"]);
  const tags = isRecord(defaults) && isRecord(defaults["tags"]) ? defaults["tags"] : {};
  return {
    region: typeof region === "string" && region !== "" ? region : undefined,
    allowedAccountIds: texts(structured(args["allowedAccountIds"])),
    forbiddenAccountIds: texts(structured(args["forbiddenAccountIds"])),
    defaultTags: Object.fromEntries(Object.entries(tags).map(([key, tag]) => [key, String(tag)])),
  };
}

/** Changed configuration keys, and whether every resource of the provider must move: only for another region. */
export function diffProviderConfig(
  old: Readonly<Record<string, unknown>>,
  next: Readonly<Record<string, unknown>>,
): { readonly changed: readonly string[]; readonly replaces: readonly string[] } {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])].filter(
    (key) => !key.startsWith("__") && key !== "version",
  );
  const changed = keys.filter((key) => JSON.stringify(structured(old[key])) !== JSON.stringify(structured(next[key])));
  return { changed, replaces: changed.filter((key) => key === "region") };
}

/** Why the account may not be used, in the provider's words; undefined when it may. */
export function accountRefusal(config: ProviderConfig, account: string): string | undefined {
  const { allowedAccountIds: allowed, forbiddenAccountIds: forbidden } = config;
  const isFine = !forbidden.includes(account) && (allowed.length === 0 || allowed.includes(account));
  return isFine ? undefined : `AWS account ID not allowed: ${account}`;
}

function structured(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Account ids are texts, but twelve digits in JSON read as a number. */
function texts(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.map((item) => (typeof item === "number" ? String(item).padStart(12, "0") : String(item)))
    : [];
}
