import { defineCommand } from "../../automation/commands/command";
import { SlipwayError } from "../../automation/model/errors";
import { here } from "./here";

/** What ECR refuses is put right by another command line, and not by another sandbox. */
function withRemedy(error: unknown, image: string): unknown {
  if (!(error instanceof SlipwayError) || error.code !== "sandbox-refused") return error;
  const { code, exitCode, data } = error;
  const reason = String(data["reason"]).replace(/^\/slipway\/image: /, "");
  return new SlipwayError({
    code,
    exitCode,
    message: `${image} was not pushed: ${reason.replace(/\.?$/, ".")}`,
    data: { reason },
    remedy: "`--create` makes a repository that is missing; a tag that is immutable stays with its image.",
  });
}

export const imagePushCommand = defineCommand({
  name: "sandbox image",
  summary: "Put an image into the sandbox's registry that nobody has built; a tag that is there moves to it",
  effect: "read",
  needs: "nothing",
  options: {
    action: { type: "string", positional: true, demandOption: true, choices: ["push"], describe: "What to do" },
    image: {
      type: "string",
      positional: true,
      demandOption: true,
      describe: "<repository>:<tag>, with or without the registry in front",
    },
    stack: { type: "string", describe: "Environment whose registry is meant; needed when there are several" },
    "digest-of": { type: "string", describe: "Tag of the same repository whose image it is; a new one when left out" },
    create: { type: "boolean", default: false, describe: "Make the repository, too, when it is missing" },
  },
  async run(_context, { image: text, stack, "digest-of": digestOf, create }) {
    const [{ imageName }, { stackScope }, { ask }, { runningSandbox }] = await Promise.all([
      import("../images/image-name"),
      import("../session/stack-scope"),
      import("../session/control-client"),
      import("../session/running"),
    ]);
    const paths = here();
    const { scope, repository, tag } = imageName(text);
    const { account, region } = scope ?? (await stackScope(paths.project, stack));
    const record = await runningSandbox(paths);
    const image = { account, region, repository, tag, create, ...(digestOf === undefined ? {} : { digestOf }) };
    const pushed = await ask(record, "POST", "image", image).catch((error: unknown) => {
      throw withRemedy(error, `${repository}:${tag}`);
    });
    const { digest, previous } = pushed as { readonly digest: string; readonly previous: string | null };
    const before = previous === null || previous === digest ? "" : ` (was ${previous})`;
    return { summary: `${repository}:${tag} is ${digest}${before}`, data: { account, region, ...pushed } };
  },
});
