import { readFile } from "node:fs/promises";
import { z } from "zod";
import { stackFiles } from "../session/stacks";

const state = z.object({
  checkpoint: z.object({
    latest: z.object({
      resources: z
        .array(z.object({ type: z.string(), outputs: z.record(z.string(), z.unknown()).optional() }))
        .default([]),
    }),
  }),
});

/**
 * Names of the load balancers that a stack has made. An account may hold several stacks, and a load that is meant for
 * one must not go to another.
 *
 * @returns nothing when the stack has not been deployed, or its state cannot be read
 */
export async function ownBalancers(backend: string, stack: string): Promise<readonly string[]> {
  const found = await Promise.all((await stackFiles(backend, stack)).map(namesIn));
  return found.flat();
}

async function namesIn(file: string): Promise<readonly string[]> {
  const text = await readFile(file, "utf8").catch(() => "null");
  const { data } = state.safeParse(parsed(text));
  return (data?.checkpoint.latest.resources ?? []).flatMap(({ type, outputs }) => {
    const name = outputs?.["name"];
    return type === "aws:lb/loadBalancer:LoadBalancer" && typeof name === "string" ? [name] : [];
  });
}

/** A file that is just being written is as good as none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
