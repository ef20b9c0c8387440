import { exitCodes } from "../../model/errors";
import type { AlarmView } from "../../model/release/observed";
import { judged, type PreflightCheck, type PreflightFinding } from "./preflight-check";

export const alarmsSilent: PreflightCheck = {
  id: "alarms-silent",
  why: "An alarm that fires already would take the release back at its first look, or could not tell good from bad.",
  onlyWarns: ["rollback", "restart"],
  run: ({ alarms }) => judged(alarms, (views) => views.flatMap(found)),
};

function found({ name, state, reason }: AlarmView): readonly PreflightFinding[] {
  switch (state) {
    case "OK":
    // New alarms and quiet nights have no data.
    case "INSUFFICIENT_DATA":
      return [];
    case "ALARM":
      return [
        {
          kind: "failed",
          text: `Alarm ${name} fires${reason === "" ? "" : `: ${reason}`}.`,
          remedy: `Wait until it is silent; if it has nothing to do with this release: --ignore-alarm ${name} --reason <text>.`,
          exitCode: exitCodes.blocked,
        },
      ];
    case "MISSING":
      return [
        {
          kind: "warned",
          text: `There is no alarm ${name}, so it cannot stop the release.`,
          remedy: "`slipway drift` shows an alarm that somebody has deleted; `release.alarms` may name a wrong one.",
        },
      ];
  }
}
