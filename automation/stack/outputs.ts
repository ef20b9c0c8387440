import type { Context } from "../context";
import type { Report } from "../model/report";
import { textTable } from "../model/text-table";
import type { StackOutput } from "../ports/engine";

export interface OutputsOptions {
  /** As `export NAME='value'` lines for a shell. @default false */
  readonly shell?: boolean;
}

/** What the stack tells about itself. Secrets stay hidden: the engine's own `pulumi stack output --show-secrets` shows them. */
export async function outputs(
  { engine, stack }: Pick<Context, "engine" | "stack">,
  { shell = false }: OutputsOptions,
): Promise<Report> {
  const found = await engine.outputs();
  const data = { outputs: outputData(found) };
  if (shell) return { summary: found.map(shellLine).join("\n"), data };
  return {
    summary:
      found.length === 0
        ? `${stack} has no outputs. Has it been deployed? \`slipway up ${stack}\``
        : outputTable(found),
    data,
  };
}

/** Name and value of every output; what is inside a structured value gets lines of its own. */
export const outputTable = (found: readonly StackOutput[]): string =>
  textTable(
    ["Output", "Value"],
    found.flatMap(({ name, value, secret }) => lines(name, secret ? "[secret]" : value)),
  );

function lines(name: string, value: unknown): readonly (readonly [name: string, text: string])[] {
  if (typeof value !== "object" || value === null) return [[name, String(value)]];
  if (Array.isArray(value)) return value.flatMap((entry, index) => lines(`${name}[${index}]`, entry));
  return Object.entries(value).flatMap(([key, entry]) => lines(`${name}.${key}`, entry));
}

/** Outputs by name, for machines. */
export const outputData = (found: readonly StackOutput[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(found.map((output) => [output.name, output.secret ? "[secret]" : output.value]));

const text = ({ value, secret }: StackOutput): string =>
  secret ? "[secret]" : typeof value === "string" ? value : JSON.stringify(value);

/** `loadBalancerUrl` becomes `LOAD_BALANCER_URL`; a secret is left out, so that no script takes its mask for a value. */
function shellLine(output: StackOutput): string {
  const name = output.name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/\W/g, "_")
    .toUpperCase();
  return output.secret ? `# ${name} is a secret` : `export ${name}='${text(output).replaceAll("'", "'\\''")}'`;
}
