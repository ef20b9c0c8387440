import * as pulumi from "@pulumi/pulumi";
import { passwordFaults } from "../database/password-policy";
import { checkConfig, describeFaults, type Fault } from "./check";
import { ownDatabase } from "./database";
import type { StackConfig } from "./schema";

/** What a run of the program is configured with. */
export interface ReadConfig {
  readonly config: StackConfig;
  readonly region: string;
  /** Present when the database's password is supplied. */
  readonly databasePassword: pulumi.Output<string> | undefined;
}

const namespace = "slipway:";

/**
 * The engine's configuration of this stack, checked as a whole.
 *
 * @throws pulumi.RunError with all faults at once
 */
export function readConfig(): ReadConfig {
  const values: Readonly<Record<string, string>> = pulumi.runtime.allConfig();
  const own = Object.entries(values).filter(([key]) => key.startsWith(namespace));
  const checked = checkConfig(
    Object.fromEntries(own.map(([key, text]) => [key.slice(namespace.length), parsed(text)])),
  );
  const region = values["aws:region"];
  const password = values[`${namespace}databasePassword`];

  if (checked.kind === "invalid") throw refusal([...checked.faults, ...regionFaults(region)]);
  const faults = [...regionFaults(region), ...suppliedPasswordFaults(checked.config, password)];
  if (faults.length > 0 || region === undefined) throw refusal(faults);

  const supplied = isSupplied(checked.config) && password !== undefined;
  return { config: checked.config, region, databasePassword: supplied ? pulumi.secret(password) : undefined };
}

/** The engine hands over structured values as JSON and everything else as it is written. */
function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function regionFaults(region: string | undefined): Fault[] {
  if (region !== undefined && /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region)) return [];
  return [
    {
      path: "aws:region",
      found: region === undefined ? "nothing" : `text ${JSON.stringify(region)}`,
      allowed: "an AWS region such as eu-central-1",
      remedy: "Set aws:region in the stack file.",
    },
  ];
}

const isSupplied = ({ database }: StackConfig): boolean => ownDatabase(database)?.password.source === "supplied";

/** Says which rule is broken and never what the password is. */
function suppliedPasswordFaults(config: StackConfig, password: string | undefined): Fault[] {
  if (!isSupplied(config)) return [];
  const path = `${namespace}databasePassword`;
  const remedy = `Set it with \`pulumi config set --secret ${path}\`, or let it be generated (slipway:database.password.source).`;
  if (password === undefined)
    return [{ path, found: "nothing", allowed: "the database's password as a secret", remedy }];
  const broken = passwordFaults(password);
  return broken.length === 0 ? [] : [{ path, found: "a password (not shown)", allowed: broken.join(", "), remedy }];
}

const refusal = (faults: readonly Fault[]): pulumi.RunError => new pulumi.RunError(describeFaults(faults));
