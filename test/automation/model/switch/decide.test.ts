import { expect } from "chai";
import { decideSwitch } from "../../../../automation/model/switch/decide";
import { aSwitchJournal, aSwitchPlan, at } from "../../../_helpers/a-switch";
import { wayBack } from "./way-back";
import { wayThere } from "./way-there";

describe("decideSwitch", () => {
  for (const [what, lines, observed, second, action, more] of [...wayThere, ...wayBack]) {
    it(what, () => {
      const plan = aSwitchPlan(more);
      expect(decideSwitch(plan, observed, aSwitchJournal(lines, plan), at(second))).to.deep.equal(action);
    });
  }
});
