import type { Context } from "../../../automation/context";
import type { Route, Weights } from "../../../automation/model/release/plan";
import type { Slot } from "../../../infra/releases";

/** A call that gave a route its weights; they may hold from its beginning on, and do from its end on. Real milliseconds. */
export interface WeightCall {
  readonly arn: string;
  readonly weights: Weights;
  readonly begun: number;
  readonly ended: number;
}

/** The port, and every call that was made of it. */
export function recordedTraffic(traffic: Context["traffic"], calls: WeightCall[]): Context["traffic"] {
  return {
    ...traffic,
    async setWeights(routes: readonly Route[], weights) {
      const begun = performance.now();
      await traffic.setWeights(routes, weights);
      const ended = performance.now();
      for (const { arn } of routes) calls.push({ arn, weights, begun, ended });
    },
  };
}

/**
 * Whether a slot may have had weight at some moment of a time: from the beginning of each call that gave it some to the
 * end of the next call.
 *
 * @param calls of one route, in their order
 */
export function mayHaveWeight(calls: readonly WeightCall[], slot: Slot, from: number, to: number): boolean {
  return calls.some(({ weights, begun }, index) => {
    const over = calls[index + 1]?.ended ?? Number.POSITIVE_INFINITY;
    return weights[slot] > 0 && begun <= to && from <= over;
  });
}
