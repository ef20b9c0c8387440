import { z } from "zod";
import type { ControlEndpoint } from "../front/control";
import { badFault, checkedBy } from "./fault-request";
import type { FaultActions } from "./fault-actions";
import type { FaultBook } from "./fault-book";
import { checkedFault } from "./checked-fault";
import { faultKinds, usageOf } from "./kinds/all-kinds";

const clearing = z.strictObject({ id: z.string().optional() }).default({});

/** `POST fault`, `GET faults` and `POST fault-clear`: what `slipway sandbox fault` and the page call. */
export function faultEndpoints(book: FaultBook, actions: FaultActions): Readonly<Record<string, ControlEndpoint>> {
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
      if (kind.group === "action") return { done: await kind.act(value, request, actions) };
      return { fault: book.hold(checked) };
    }),
    "POST fault-clear": answering((body) => {
      const { id } = checkedBy(clearing, body, "Which fault to clear");
      if (id === undefined) return { cleared: book.clear() };
      if (!book.remove(id)) throw badFault(`There is no fault ${id}.`);
      return { cleared: 1 };
    }),
  };
}

const answering = (answer: (body: unknown) => Promise<object> | object): ControlEndpoint => ({
  kind: "answer",
  answer,
});
