import { expect } from "chai";
import { javaDouble } from "../../../sandbox/cloudwatch/alarms/java-double";
import { type ReasonInput, reasonOf } from "../../../sandbox/cloudwatch/alarms/reason";
import { longTimestamp, timestamp } from "../../../sandbox/cloudwatch/alarms/timestamp";

const points = (...values: readonly number[]) =>
  values.map((value, index) => ({ at: new Date(Date.UTC(2019, 9, 2, 16, 59 + index)), value }));

function reason(
  state: ReasonInput["state"],
  values: readonly number[],
  deciding: readonly number[],
  settings: Partial<ReasonInput["settings"]>,
): string {
  const all = points(...values);
  return reasonOf({
    state,
    points: all,
    deciding: all.filter(({ value }) => deciding.includes(value)),
    settings: { EvaluationPeriods: 1, ComparisonOperator: "GreaterThanThreshold", Threshold: 50, ...settings },
  });
}

describe("reasonOf", () => {
  it("writes what the documentation shows for one point of one", () => {
    const text = reason("ALARM", [99.5], [99.5], { DatapointsToAlarm: 1 });

    expect(text).to.equal(
      "Threshold Crossed: 1 out of the last 1 datapoints [99.5 (02/10/19 16:59:00)] was greater than the threshold (50.0) (minimum 1 datapoint for OK -> ALARM transition).",
    );
  });

  it("says that a point was not beyond the threshold when the alarm is over", () => {
    const text = reason("OK", [1], [1], { DatapointsToAlarm: 1 });

    expect(text).to.equal(
      "Threshold Crossed: 1 out of the last 1 datapoints [1.0 (02/10/19 16:59:00)] was not greater than the threshold (50.0) (minimum 1 datapoint for ALARM -> OK transition).",
    );
  });

  it("lists the newest point first, and speaks of no minimum when DatapointsToAlarm was not given", () => {
    const text = reason("ALARM", [60, 70, 80], [60, 70, 80], { EvaluationPeriods: 3 });

    expect(text).to.equal(
      "Threshold Crossed: 3 datapoints [80.0 (02/10/19 17:01:00), 70.0 (02/10/19 17:00:00), 60.0 (02/10/19 16:59:00)] were greater than the threshold (50.0).",
    );
  });

  it("gives many points a sentence of their own", () => {
    const values = [0.5, 0.4, 0.3, 0.2, 0.1];
    const settings = {
      EvaluationPeriods: 5,
      DatapointsToAlarm: 5,
      Threshold: 65,
      ComparisonOperator: "LessThanThreshold",
    };
    const text = reason("ALARM", values, values, settings as never);

    expect(text).to.equal(
      "Threshold Crossed: 5 out of the last 5 datapoints were less than the threshold (65.0). The most recent datapoints which crossed the threshold: [0.1 (02/10/19 17:03:00), 0.2 (02/10/19 17:02:00), 0.3 (02/10/19 17:01:00), 0.4 (02/10/19 17:00:00), 0.5 (02/10/19 16:59:00)] (minimum 5 datapoints for OK -> ALARM transition).",
    );
  });

  it("says how many points were missing, and what they were taken for", () => {
    expect([
      reason("ALARM", [], [], { EvaluationPeriods: 2, TreatMissingData: "breaching" }),
      reason("OK", [], [], { EvaluationPeriods: 1, TreatMissingData: "notBreaching" }),
      reason("ALARM", [60], [60], { EvaluationPeriods: 3, TreatMissingData: "breaching" }),
    ]).to.deep.equal([
      "Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].",
      "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].",
      "Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were treated as [Breaching].",
    ]);
  });

  it("has a text for no data at all", () => {
    expect([1, 3].map((EvaluationPeriods) => reason("INSUFFICIENT_DATA", [], [], { EvaluationPeriods }))).to.deep.equal(
      ["Insufficient Data: 1 datapoint was unknown.", "Insufficient Data: 3 datapoints were unknown."],
    );
  });

  it("writes numbers as Java does", () => {
    expect([0, 50, -2, 0.25, 0.001, 0.0001234, 9_999_999, 10_000_000, 1_073_741_824].map(javaDouble)).to.deep.equal([
      "0.0",
      "50.0",
      "-2.0",
      "0.25",
      "0.001",
      "1.234E-4",
      "9999999.0",
      "1.0E7",
      "1.073741824E9",
    ]);
  });

  it("writes dates as notifications and composite alarms have them", () => {
    const at = new Date("2022-07-22T15:57:45.985Z");

    expect([timestamp(at), longTimestamp(at)]).to.deep.equal([
      "2022-07-22T15:57:45.985+0000",
      "Friday 22 July, 2022 15:57:45 UTC",
    ]);
  });
});
