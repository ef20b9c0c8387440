import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { exitCodes, SlipwayError } from "../../automation/model/errors";
import type { StackConfig } from "../../infra/config/schema";

/** A stack file that was read and found right. */
export interface StackFile {
  readonly stack: string;
  readonly text: string;
  readonly region: string;
  readonly config: StackConfig;
}

/** Reads and checks `Pulumi.<stack>.yaml`. The sandbox is whatever account and region it names, so it must be right first. */
export async function readStackFile(project: string, stack: string): Promise<StackFile> {
  const path = join(project, `Pulumi.${stack}.yaml`);
  const text = await readFile(path, "utf8").catch(() => {
    throw unusable(
      `There is no stack "${stack}": ${path} cannot be read.`,
      "Stacks are the files `Pulumi.<stack>.yaml`.",
    );
  });
  const values = configOf(path, text);
  const region = values["aws:region"];
  if (typeof region !== "string")
    throw unusable(`${path} has no \`aws:region\`.`, "Add it below `config`, for example `aws:region: eu-central-1`.");
  // The schema takes 50 ms to load, so it is loaded only here.
  const { checkConfig, describeFaults } = await import("../../infra/config/check");
  const own = Object.entries(values).flatMap(([key, value]) =>
    key.startsWith("slipway:") ? [[key.slice("slipway:".length), value] as const] : [],
  );
  const checked = checkConfig(Object.fromEntries(own));
  if (checked.kind === "invalid")
    throw unusable(describeFaults(checked.faults, path), "Nothing was started or changed.");
  return { stack, text, region, config: checked.config };
}

function configOf(path: string, text: string): Readonly<Record<string, unknown>> {
  try {
    return (parse(text) as { config?: Record<string, unknown> } | null)?.config ?? {};
  } catch (error) {
    throw unusable(
      `${path} is not valid YAML: ${error instanceof Error ? error.message : String(error)}`,
      "Mend the file.",
    );
  }
}

const unusable = (message: string, remedy: string): SlipwayError =>
  new SlipwayError({ code: "config-invalid", exitCode: exitCodes.usage, message, remedy });
