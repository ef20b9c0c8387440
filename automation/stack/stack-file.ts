import { checkConfig, describeFaults, type Fault } from "../../infra/config/check";
import type { StackConfig } from "../../infra/config/schema";
import { exitCodes, SlipwayError } from "../model/errors";

/** What a stack file says. */
export interface StackFile {
  readonly region: string;
  readonly config: StackConfig;
}

const prefix = "slipway:";

/**
 * Checks the values of a `Pulumi.<stack>.yaml`.
 *
 * @param file its name, for the message
 * @param values the parsed file
 * @throws SlipwayError `config-invalid` (exit 2) with every fault
 */
export function readStackFile(file: string, values: unknown): StackFile {
  const config = isGroup(values) && isGroup(values["config"]) ? values["config"] : {};
  const own = Object.entries(config).filter(([key]) => key.startsWith(prefix));
  const raw = Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
  const region = config["aws:region"];
  const checked = checkConfig(raw);
  const faults = [
    ...regionFaults(region),
    ...plainSecretFaults(raw),
    ...(checked.kind === "invalid" ? checked.faults : []),
  ];
  if (checked.kind === "ok" && faults.length === 0) return { region: String(region), config: checked.config };
  throw new SlipwayError({
    code: "config-invalid",
    exitCode: exitCodes.usage,
    message: describeFaults(faults, file),
    remedy: "Nothing was done. `slipway config schema` and docs/configuration.md say what may stand there.",
    data: { faults },
  });
}

function regionFaults(region: unknown): readonly Fault[] {
  if (typeof region === "string" && /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region)) return [];
  const found =
    region === undefined ? "nothing" : typeof region === "string" ? `text ${JSON.stringify(region)}` : "no text";
  return [
    {
      path: "aws:region",
      found,
      allowed: "an AWS region such as eu-central-1",
      remedy: "Write the environment's region.",
    },
  ];
}

/** A password in a file that is checked in is a password that everybody has. */
function plainSecretFaults({ databasePassword }: Readonly<Record<string, unknown>>): readonly Fault[] {
  if (databasePassword === undefined || (isGroup(databasePassword) && "secure" in databasePassword)) return [];
  return [
    {
      path: "slipway:databasePassword",
      found: "a value that is not encrypted (not shown)",
      allowed: "an encrypted value",
      remedy: "Remove it, change the password, and set it with `pulumi config set --secret slipway:databasePassword`.",
    },
  ];
}

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
