import { z } from "zod";
import type { ControlEndpoint } from "../front/control";
import { badFault, checkedBy } from "./fault-request";
import type { FaultActions } from "./fault-actions";
import type { FaultBook } from "./fault-book";
import { type CheckedFault, checkedFault } from "./checked-fault";
import { faultKinds, usageOf } from "./kinds/all-kinds";
import { selectsTask } from "./selector";

const clearing = z.strictObject({ id: z.string().optional() }).default({});

/** `POST fault`, `GET faults` and `POST fault-clear`: what `slipway sandbox fault` and the page call. */
export function faultEndpoints(book: FaultBook, actions: FaultActions): Readonly<Record<string, ControlEndpoint>> {
  /** What has been done since the last `clear` of everything, and stays. */
  let lasting: readonly string[] = [];
  return {
    "GET faults": answering(() => ({
      faults: book.list(),
      kinds: Object.entries(faultKinds).map(([name, kind]) => ({
        name,
        group: kind.group,
        usage: usageOf(name, kind),
        summary: kind.summary,
        onAws: kind.onAws,
        options: kind.options,
      })),
    })),
    "POST fault": answering(async (body) => {
      const checked = checkedFault(body);
      const { kind, value, request } = checked;
      if (kind.group !== "action") return { fault: book.hold(checked), ...warningOf(checked, actions) };
      const done = await kind.act(value, request, actions);
      const undo = kind.undo?.(value, request, actions);
      if (undo) return { fault: book.hold(checked, undo) };
      lasting = [...lasting, done];
      return { done };
    }),
    "POST fault-clear": answering((body) => {
      const { id } = checkedBy(clearing, body, "Which fault to clear");
      if (id === undefined) {
        const answer = { cleared: book.clear(), lasting };
        lasting = [];
        return answer;
      }
      if (!book.remove(id)) throw badFault(`There is no fault ${id}.`);
      return { cleared: 1, lasting: [] };
    }),
  };
}

/** A fault that strikes nobody now is more often a slip of the pen than a plan. */
function warningOf({ kind, value, request }: CheckedFault, actions: FaultActions): { readonly warning?: string } {
  if (kind.group === "api" || (kind.group === "target" && String(value).includes("."))) return {};
  const task = kind.group === "target" && typeof value === "string" ? value : request.task;
  if (actions.tasks().some((traits) => selectsTask({ ...request, task }, traits))) return {};
  return { warning: "No task is meant by it at the moment; it holds for those that come." };
}

const answering = (answer: (body: unknown) => Promise<object> | object): ControlEndpoint => ({
  kind: "answer",
  answer,
});
