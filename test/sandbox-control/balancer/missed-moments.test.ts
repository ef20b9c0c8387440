import { expect } from "chai";
import { missedMoments } from "../../../sandbox/balancer/traffic/missed-moments";

const minutes = (last: number, now: number): readonly number[] =>
  missedMoments(last * 60_000, now * 60_000, 60_000).map((at) => at.getTime() / 60_000);

describe("missedMoments", () => {
  it("are one when nothing was left out, and more when a busy machine has left rounds out", () => {
    expect([minutes(10, 11), minutes(10, 11.4), minutes(10, 13), minutes(10, 10)]).to.deep.equal([
      [11],
      [11.4],
      [11, 12, 13],
      [10],
    ]);
  });

  it("do not go back for ever", () => {
    expect(minutes(0, 1_000)).to.have.length(60);
  });
});
