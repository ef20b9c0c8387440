import { expect } from "chai";
import { limits } from "../../_helpers/a-fleet";
import { fleetWorld, releaseFleet } from "../../_helpers/a-fleet-world";

describe("fleet release of a canary", () => {
  for (const [asked, configured, words] of [
    [undefined, 0, "before all go back.\n\n"],
    [undefined, 120, "Then they are watched for 2 min, every 60 s, beside 3 that keep their version."],
    ["3m", 120, "Then they are watched for 3 min, every 60 s, beside 3 that keep their version."],
    ["", 0, "Then they are watched for 1 h, every 60 s, beside 3 that keep their version."],
    ["0s", 120, "before all go back.\n\n"],
  ] as const)
    it(`watches a canary with --watch ${String(asked)} and ${configured} s configured`, async () => {
      const canaryWatch = { seconds: configured, intervalSeconds: 60, compare: limits };
      const context = fleetWorld({ "i-1": "v1", "i-2": "v1", "i-3": "v1", "i-4": "v1" }, { canaryWatch });

      const report = await releaseFleet(context, { type: "canary", watch: asked });

      expect([report.exitCode, context.output.said.join("\n").includes(words)]).to.deep.equal([undefined, true]);
    });
});
