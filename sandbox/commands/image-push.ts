import { defineCommand } from "../../automation/commands/command";
import { here } from "./here";

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
  async run(_context, { image, stack, "digest-of": digestOf, create }) {
    const [{ imageName }, { stackScope }, { ask }, { runningSandbox }] = await Promise.all([
      import("../images/image-name"),
      import("../session/stack-scope"),
      import("../session/control-client"),
      import("../session/running"),
    ]);
    const paths = here();
    const { scope, repository, tag } = imageName(image);
    const { account, region } = scope ?? (await stackScope(paths.project, stack));
    const pushed = await ask(await runningSandbox(paths), "POST", "image", {
      account,
      region,
      repository,
      tag,
      create,
      ...(digestOf === undefined ? {} : { digestOf }),
    });
    const { digest, previous } = pushed as { readonly digest: string; readonly previous: string | null };
    const before = previous === null || previous === digest ? "" : ` (was ${previous})`;
    return { summary: `${repository}:${tag} is ${digest}${before}`, data: { account, region, ...pushed } };
  },
});
