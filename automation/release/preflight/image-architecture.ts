import { exitCodes } from "../../model/errors";
import type { TaskDefinitionView } from "../../ports/containers";
import { judged, type PreflightCheck, type PreflightFinding } from "./preflight-check";

/** ECS' words for what image indexes call otherwise. */
const imageWord: Readonly<Record<TaskDefinitionView["architecture"], string>> = { X86_64: "amd64", ARM64: "arm64" };

export const imageArchitecture: PreflightCheck = {
  id: "image-architecture",
  why: "A program for another processor ends at once (exec format error), in every task.",
  run: ({ running, images }) =>
    judged(running, (definition) =>
      judged(images, (answers) =>
        Object.entries(answers).flatMap(([container, answer]): readonly PreflightFinding[] => {
          if (definition === undefined || answer.kind !== "found" || answer.architectures.length === 0) return [];
          const wanted = imageWord[definition.architecture];
          // `linux/arm64/v8` is arm64 too.
          if (answer.architectures.some((found) => found.split("/").includes(wanted))) return [];
          return [
            {
              kind: "failed",
              text: `Container ${container}: the image is built for ${answer.architectures.join(", ")}, and the tasks run on ${wanted}.`,
              remedy: `Build it for linux/${wanted} and push it again.`,
              exitCode: exitCodes.blocked,
            },
          ];
        }),
      ),
    ),
};
