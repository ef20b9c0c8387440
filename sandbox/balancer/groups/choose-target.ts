import { chooseByWeight } from "../routing/weighted";
import type { Group } from "./group";
import type { Target } from "./target";

/** What a choice may depend on besides the group. */
export interface Chance {
  /** From 0, to 1 exclusive. */
  random(): number;
  /** The sandbox's time in milliseconds; asked only during a slow start. */
  now(): number;
}

/** The next target by the group's own algorithm; undefined when there is none that could get a request. */
export function chooseTarget(group: Group, chance: Chance): Target | undefined {
  const { routable, settings } = group;
  if (routable.length < 2) return routable[0];
  if (settings.algorithm === "least_outstanding_requests") return leastOutstanding(group);
  if (settings.slowStartMs > 0 && routable.some(({ rampStart }) => rampStart !== undefined)) {
    return ramped(group, chance);
  }
  if (settings.algorithm === "weighted_random") return routable[Math.floor(chance.random() * routable.length)];
  return nextInTurn(group);
}

function nextInTurn(group: Group): Target | undefined {
  group.turn = (group.turn + 1) % group.routable.length;
  return group.routable[group.turn];
}

/** Among equals the next one in turn. */
function leastOutstanding(group: Group): Target | undefined {
  const { routable } = group;
  group.turn = (group.turn + 1) % routable.length;
  let best = routable[group.turn];
  for (let step = 1; step < routable.length; step++) {
    const candidate = routable[(group.turn + step) % routable.length];
    if (candidate && best && candidate.outstanding < best.outstanding) best = candidate;
  }
  return best;
}

/** A share that grows with the time since the target became healthy (ALB user guide, "Slow start mode"). */
function ramped({ routable, settings }: Group, chance: Chance): Target | undefined {
  const now = chance.now();
  const weighted = routable.map((item) => {
    if (item.rampStart === undefined) return { item, weight: 1 };
    const share = (now - item.rampStart) / settings.slowStartMs;
    if (share >= 1) item.rampStart = undefined;
    return { item, weight: Math.min(1, Math.max(share, leastShare)) };
  });
  return chooseByWeight(weighted, chance.random());
}

/** It gets something from the first moment on. */
const leastShare = 0.01;
