import { expect } from "chai";
import { SlipwayError } from "../../../automation/model/errors";
import { speedOf } from "../../../sandbox/session/speed";

describe("speedOf", () => {
  const rows = [
    { asked: undefined, env: {}, speed: 20, why: "20 when nobody says anything" },
    { asked: undefined, env: { SLIPWAY_SANDBOX_SPEED: "" }, speed: 20, why: "20 when the variable is empty" },
    { asked: undefined, env: { SLIPWAY_SANDBOX_SPEED: "1" }, speed: 1, why: "what the environment says" },
    { asked: 5, env: { SLIPWAY_SANDBOX_SPEED: "1" }, speed: 5, why: "what is asked for, before the environment" },
    { asked: 0, env: {}, speed: 0, why: "0 for a clock that stands still" },
  ] as const;

  for (const { asked, env, speed, why } of rows) {
    it(`is ${why}`, () => expect(speedOf(asked, env)).to.equal(speed));
  }

  for (const [asked, env, found] of [
    [-1, {}, "--speed is `-1`"],
    [1001, {}, "--speed is `1001`"],
    [Number.NaN, {}, "--speed is `NaN`"],
    [undefined, { SLIPWAY_SANDBOX_SPEED: "fast" }, "SLIPWAY_SANDBOX_SPEED is `fast`"],
  ] as const) {
    it(`refuses that ${found}, with the range that is allowed`, () => {
      const error = errorOf(() => speedOf(asked, env));
      expect([error.exitCode, error.message]).to.deep.equal([2, `${found}: it must be a number from 0 to 1000.`]);
    });
  }
});

function errorOf(work: () => unknown): SlipwayError {
  try {
    work();
  } catch (error) {
    if (error instanceof SlipwayError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
