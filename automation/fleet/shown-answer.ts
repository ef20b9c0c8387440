import { CloudError } from "../model/cloud-error";
import { redact } from "../model/redact";
import type { InstanceAnswer } from "../ports/instances";

/** An answer whose text may be shown. */
export type ShownAnswer = InstanceAnswer & {
  /** AWS did not take the call, and may take it in a moment. */
  readonly isPassing: boolean;
};

/** A call that AWS does not take is a failure of the instance like any other. */
export async function shownAnswer(call: () => Promise<InstanceAnswer>): Promise<ShownAnswer> {
  try {
    const answer = await call();
    return answer.kind === "ok"
      ? { ...answer, isPassing: false }
      : { kind: "failed", text: redact(answer.text), isPassing: false };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return { kind: "failed", text: redact(error.message), isPassing: error.kind === "transient" };
  }
}
