import { exitCodes } from "../../model/errors";
import { ecrAccountOf } from "../../model/release/image-reference";
import type { ImageAnswer } from "../../ports/registry";
import { judged, type PreflightCheck, type PreflightFinding } from "./preflight-check";

export const imageExists: PreflightCheck = {
  id: "image-exists",
  why: "Tasks whose image is not there are started again and again until the deadline.",
  run: ({ plan, images, account }) =>
    judged(images, (answers) =>
      Object.entries(answers).flatMap(([container, answer]) => {
        const image = plan.to.images[container] ?? "";
        // That it is in another account is said already, and is all there is to correct.
        const isElsewhere = (ecrAccountOf(image) ?? account.id) !== account.id;
        return isElsewhere ? [] : imageFindings(container, image, answer);
      }),
    ),
};

/** What a registry's answer means for a container that is to run this image. */
export function imageFindings(container: string, image: string, answer: ImageAnswer): readonly PreflightFinding[] {
  const failed = (text: string, remedy: string): readonly PreflightFinding[] => [
    { kind: "failed", text, remedy, exitCode: exitCodes.blocked },
  ];
  switch (answer.kind) {
    case "found":
    // A note of the plan tells of it.
    case "unknown":
      return [];
    case "no-tag":
      return failed(
        `Container ${container}: ${image} is not in its registry.`,
        answer.newest.length === 0
          ? `Push it first: ${answer.repository} has no tag at all.`
          : `Push it first, or release one that is there; the newest: ${answer.newest.join(", ")}.`,
      );
    case "no-repository":
      return failed(
        `Container ${container}: there is no repository ${answer.repository}.`,
        "Correct `image.repository` in the configuration, or make the repository and push the image.",
      );
  }
}
