import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { nearest } from "../../infra/config/nearest";
import { exitCodes, SlipwayError } from "../model/errors";
import type { StackFiles } from "../ports/stack-files";

/** Files of the project in `folder`. */
export function stackFiles(folder: string): StackFiles {
  const path = join(folder, "Pulumi.yaml");
  const stacks = async (): Promise<readonly string[]> => {
    const names = await readdir(folder).catch(() => []);
    return names.flatMap((name) => /^Pulumi\.([\w-]+)\.yaml$/.exec(name)?.[1] ?? []).sort();
  };
  return {
    stacks,
    async project() {
      const { name } = await readProject(path);
      if (typeof name !== "string" || name === "") throw notAProject(`${path} has no \`name\`.`);
      return name;
    },
    async backend() {
      const { backend } = await readProject(path);
      const url = (backend as { readonly url?: unknown } | null | undefined)?.url;
      return typeof url === "string" && url !== "" ? url : undefined;
    },
    async read(stack) {
      const file = join(folder, `Pulumi.${stack}.yaml`);
      const text = await readFile(file, "utf8").catch(() => undefined);
      if (text === undefined) throw unknownStack(stack, await stacks());
      return { path: file, text };
    },
  };
}

async function readProject(path: string): Promise<{ readonly name?: unknown; readonly backend?: unknown }> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) throw notAProject(`There is no Pulumi.yaml in ${dirname(path)}.`);
  try {
    return (parse(text) as { readonly name?: unknown; readonly backend?: unknown } | null) ?? {};
  } catch (error) {
    throw notAProject(`${path} is not valid YAML: ${(error as Error).message}`);
  }
}

const notAProject = (message: string): SlipwayError =>
  new SlipwayError({
    code: "project-missing",
    exitCode: exitCodes.usage,
    message,
    remedy: "Run slipway in the folder that holds Pulumi.yaml and the stack files.",
  });

function unknownStack(stack: string, known: readonly string[]): SlipwayError {
  const meant = nearest(stack, known);
  const question = meant === undefined ? "" : `Did you mean \`${meant}\`? `;
  return new SlipwayError({
    code: "stack-unknown",
    exitCode: exitCodes.usage,
    message: `There is no stack ${stack}: Pulumi.${stack}.yaml is missing.`,
    remedy:
      known.length === 0 ? "Add a stack file beside Pulumi.yaml." : `${question}Stacks here: ${known.join(", ")}.`,
    data: { known },
  });
}
