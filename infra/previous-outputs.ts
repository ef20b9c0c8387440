import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { environmentNameType } from "./environment-name";
import { releasesSchema, type Releases } from "./releases";

/** What the last run of the program left for this one. */
export interface PreviousOutputs {
  /** Undefined on the very first deployment. */
  readonly stackName: string | undefined;
  readonly releases: Releases;
  /** Services that run on Fargate Spot or once did. */
  readonly spotServices: readonly string[];
  /** Services whose traffic ECS itself has shifted. */
  readonly nativeServices: readonly string[];
  /** All of them, for a run that does not come to what they are taken from. */
  readonly all: Readonly<Record<string, unknown>>;
}

/**
 * The stack's own outputs, read without a StackReference: that would be a resource of the stack itself.
 *
 * @throws pulumi.RunError when the stack's output `releases` is not what the program writes
 */
export async function readPreviousOutputs(): Promise<PreviousOutputs> {
  const stack = `${organization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const answer = (await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", { name: stack })) as Answer;
  const { stackName, releases = {}, SpotServices: spot, NativeServices: native } = answer.outputs ?? {};
  const known = releasesSchema.safeParse(releases);
  if (!known.success) {
    throw new pulumi.RunError(
      `The stack's output "releases" cannot be read, so it is not known what its services run: ${known.error.message}`,
    );
  }
  return {
    stackName: typeof stackName === "string" ? stackName : await nameFromResources(stack),
    releases: known.data,
    spotServices: z.array(z.string()).safeParse(spot).data ?? [],
    nativeServices: z.array(z.string()).safeParse(native).data ?? [],
    all: answer.outputs ?? {},
  };
}

interface Answer {
  readonly outputs?: Readonly<Record<string, unknown>>;
}

const namingResource = z.object({
  type: z.literal(environmentNameType),
  outputs: z.object({ stackName: z.string() }),
});

/** The name that a run left which failed before it could write outputs. */
async function nameFromResources(stackName: string): Promise<string | undefined> {
  const answer = (await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName })) as Answer;
  const found = Object.values(answer.outputs ?? {}).flatMap(
    (resource) => namingResource.safeParse(resource).data ?? [],
  );
  return found[0]?.outputs.stackName;
}

/** A backend without organizations (`file://`, `s3://`) calls its only one so; hosts of old tell a program nothing. */
function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return "organization";
  }
}
