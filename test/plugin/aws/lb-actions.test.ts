import { expect } from "chai";
import { fromActions, type LbAction, toActions } from "../../../sandbox/plugin/aws/handlers/lb-actions";

const weighted: LbAction = {
  type: "forward",
  forward: {
    targetGroups: [
      { arn: "blue", weight: 90 },
      { arn: "green", weight: 10 },
    ],
    stickiness: { enabled: false, duration: 3600 },
  },
};

describe("actions of a listener", () => {
  it("come back from AWS as they were asked for", () => {
    const actions: LbAction[] = [
      weighted,
      { type: "fixed-response", fixedResponse: { contentType: "text/plain", messageBody: "no", statusCode: "404" } },
      { type: "redirect", redirect: { statusCode: "HTTP_301", port: "443", protocol: "HTTPS" } },
    ];

    expect(fromActions(toActions(actions), actions)).to.deep.equal(actions);
  });

  it("keep the short form of a forward to one group, which AWS tells both ways", () => {
    const asked: LbAction = { type: "forward", targetGroupArn: "blue" };
    const told = {
      ...toActions([asked])[0],
      Type: "forward" as const,
      Order: 1,
      ForwardConfig: { TargetGroups: [{ TargetGroupArn: "blue", Weight: 1 }] },
    };

    expect(fromActions([told], [asked])).to.deep.equal([asked]);
  });

  it("show weights that somebody moved", () => {
    const [moved] = toActions([weighted]);
    const groups = [
      { TargetGroupArn: "blue", Weight: 0 },
      { TargetGroupArn: "green", Weight: 100 },
    ];

    expect(
      fromActions(
        [{ ...moved, Type: "forward", ForwardConfig: { ...moved?.ForwardConfig, TargetGroups: groups } }],
        [weighted],
      ),
    ).to.deep.equal([
      {
        type: "forward",
        forward: {
          ...weighted.forward,
          targetGroups: [
            { arn: "blue", weight: 0 },
            { arn: "green", weight: 100 },
          ],
        },
      },
    ]);
  });
});
