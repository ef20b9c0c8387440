import { exitCodes } from "../../model/errors";
import { ecrAccountOf } from "../../model/release/image-reference";
import type { PreflightCheck, PreflightFinding } from "./preflight-check";

export const registryAccount: PreflightCheck = {
  id: "registry-account",
  why: "An image in another account's registry ends in pull access denied (403) when the tasks start.",
  run: ({ plan, account }) =>
    Object.entries(plan.to.images).flatMap(([container, image]): readonly PreflightFinding[] => {
      const owner = ecrAccountOf(image);
      if (owner === undefined || (owner === account.id && !account.forbidden.includes(owner))) return [];
      return [
        {
          kind: "failed",
          text: account.forbidden.includes(owner)
            ? `Container ${container}: ${image} is in account ${owner}, which is forbidden for this environment.`
            : `Container ${container}: ${image} is in account ${owner}, and the environment is in account ${account.id}.`,
          remedy: `Push the image to the registry of account ${account.id}, and correct \`image.repository\`.`,
          exitCode: exitCodes.blocked,
        },
      ];
    }),
};
