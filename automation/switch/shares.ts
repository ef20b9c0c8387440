import type { Weights } from "../model/release/plan";
import type { Colour } from "../model/switch/plan";
import type { WeightedRecord } from "../ports/dns";

/**
 * Shares of the answers that the weights of both records mean, in whole percent; undefined when one of the records is
 * not there. Records that all weigh nothing are answered in turn (Route 53, "Weighted routing").
 */
export function sharesOf(records: readonly WeightedRecord[]): Weights | undefined {
  const weightOf = (colour: Colour): number | undefined =>
    records.find(({ setIdentifier }) => setIdentifier === colour)?.weight;
  const [blue, green] = [weightOf("blue"), weightOf("green")];
  if (blue === undefined || green === undefined) return undefined;
  if (blue + green === 0) return { blue: 50, green: 50 };
  const share = Math.round((100 * blue) / (blue + green));
  // A record that weighs something is never at 0 percent.
  const shown = Math.min(blue === 0 ? 0 : Math.max(share, 1), green === 0 ? 100 : 99);
  return { blue: shown, green: 100 - shown };
}

/** The colour with all the traffic; undefined while it is split. */
export function activeColour({ blue, green }: Weights): Colour | undefined {
  if (blue === 100) return "blue";
  return green === 100 ? "green" : undefined;
}

export const describeShares = ({ blue, green }: Weights): string => `blue ${blue} %, green ${green} %`;
