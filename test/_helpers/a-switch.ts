import type { SwitchFact, SwitchJournal } from "../../automation/model/switch/journal";
import type { ColourHealth, SwitchObserved } from "../../automation/model/switch/observed";
import type { Colour, SwitchPlan, SwitchSide } from "../../automation/model/switch/plan";

const side = (colour: Colour): SwitchSide => ({
  stack: `prod-${colour}`,
  cluster: `shop-${colour}`,
  services: [{ service: "web", serviceName: `${colour}-web`, targetGroups: [`arn:${colour}`] }],
  alarms: [`${colour}-errors`],
});

export const aCheck = {
  name: "health",
  url: "http://lb.example/health",
  headers: { host: "www.shop.example" },
  status: 200,
  json: {},
};

/** From blue to green, all at once, watched for a minute. */
export const aSwitchPlan = (more: Partial<SwitchPlan> = {}): SwitchPlan => ({
  zoneId: "Z1",
  name: "www.shop.example",
  from: "blue",
  to: "green",
  sides: { blue: side("blue"), green: side("green") },
  steps: [{ percent: 100, bakeSeconds: 60 }],
  directChecks: [aCheck],
  publicChecks: [{ ...aCheck, url: "http://www.shop.example/health" }],
  forced: null,
  notes: [],
  ...more,
});

export const wellness: ColourHealth = { faults: [], failures: [], serving: true, firing: [] };
export const illness: ColourHealth = { faults: ["web: down"], failures: ["web: down"], serving: false, firing: [] };

/** Both are well, and blue has the traffic. */
export const seen = (
  more: Partial<Extract<SwitchObserved, { kind: "seen" }>> = {},
): Extract<SwitchObserved, { kind: "seen" }> => ({
  kind: "seen",
  shares: { blue: 100, green: 0 },
  health: { blue: wellness, green: wellness },
  ...more,
});

/** Seconds since the start, and what was written then. */
export type Line = readonly [second: number, fact: SwitchFact];

export const at = (second: number): Date => new Date(second * 1_000);

export const aSwitchJournal = (lines: readonly Line[], plan = aSwitchPlan()): SwitchJournal => ({
  schema: 1,
  id: "20261121-170000-green",
  fence: 1,
  startedAt: "2026-11-21T17:00:00.000Z",
  by: { identity: null, user: "kim", host: "desk" },
  plan,
  entries: [[0, { kind: "started" }] as Line, ...lines].map(([second, fact]) => ({
    ...fact,
    at: at(second).toISOString(),
  })),
});
