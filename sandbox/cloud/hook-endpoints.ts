import { z } from "zod";
import type { HookBook } from "../ecs/shifting/hook-book";
import type { ControlEndpoint } from "../front/control";

const setting = z.object({
  arn: z.string().min(1),
  answer: z
    .object({
      hookStatus: z.enum(["SUCCEEDED", "FAILED", "IN_PROGRESS"]),
      /** Seconds. */
      callBackDelay: z.number().min(0).optional(),
    })
    .optional(),
});

/** `POST hook`: what a Lambda function answers that ECS asks at a stage of a deployment; without an answer it succeeds again. */
export const hookEndpoints = (hooks: HookBook): Readonly<Record<string, ControlEndpoint>> => ({
  "POST hook": {
    kind: "answer",
    answer(body) {
      const { arn, answer } = setting.parse(body);
      hooks.set(
        arn,
        answer && {
          hookStatus: answer.hookStatus,
          ...(answer.callBackDelay === undefined ? {} : { callBackDelay: answer.callBackDelay }),
        },
      );
      return { arn, answer: answer ?? null };
    },
  },
});
