import type { SwitchAction } from "../../../../automation/model/switch/action";
import type { SwitchObserved } from "../../../../automation/model/switch/observed";
import type { SwitchPlan } from "../../../../automation/model/switch/plan";
import { at, illness, wellness, type Line } from "../../../_helpers/a-switch";

export const onGreen = { blue: 0, green: 100 };
export const verified: Line = [1, { kind: "verified" }];
export const shifting: Line = [2, { kind: "shifting", step: 0, percent: 100 }];
export const shifted: Line = [3, { kind: "shifted", step: 0, percent: 100, change: "C1" }];
export const inSync: Line = [30, { kind: "in-sync", change: "C1" }];
export const passed: Line = [90, { kind: "passed", step: 0 }];
export const cause = { kind: "alarm", text: "it fires" } as const;
export const turned: Line = [40, { kind: "turned-back", cause }];
export const restored: Line = [42, { kind: "restored", colour: "blue", change: "C2" }];

export const failing = { name: "green-errors", state: "ALARM", reason: "5 % > 1 %" } as const;
export const ill = { blue: wellness, green: illness };
export const unhealthy = { kind: "unhealthy", text: "green is not healthy:\n  web: down" } as const;
export const alarming = { kind: "alarm", text: "Alarms of green fire:\n  green-errors: 5 % > 1 %" } as const;
export const checkFailed = { kind: "failed", text: "no answer" } as const;
export const checkPassed = { kind: "passed", names: ["health"] } as const;
export const blind = (second: number): SwitchObserved => ({
  kind: "blind",
  since: at(second).toISOString(),
  error: "reset",
});
export const blindCause = {
  kind: "blind",
  text: "AWS could not be asked since 1970-01-01T00:00:00.000Z: reset",
} as const;
export const note = (fact: Extract<SwitchAction, { kind: "note" }>["fact"]): SwitchAction => ({ kind: "note", fact });
export const wait = (ms: number, why: string): SwitchAction => ({ kind: "wait", ms, why });

/** Lines of a journal, what is seen so many seconds after its begin, and what is done then. */
export type Row = readonly [
  what: string,
  lines: readonly Line[],
  observed: SwitchObserved,
  second: number,
  action: SwitchAction,
  plan?: Partial<SwitchPlan>,
];
