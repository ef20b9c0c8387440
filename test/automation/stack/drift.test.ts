import { expect } from "chai";
import type { Change } from "../../../automation/model/change";
import { drift } from "../../../automation/stack/drift";
import { fakeContext } from "../../_fakes/fake-context";
import { aChange } from "../../_helpers/a-change";
import { shopConfig } from "../../_helpers/a-shop-release";

const service = "aws:ecs/service:Service";
const counted = (name: string, diffs: readonly string[] = ["desiredCount"]): Change =>
  aChange({ type: service, op: "update", name, diffs: [...diffs] });

/** Where the number of tasks of `web` is its scaling's, and that of `api` is configured. */
async function found(changes: readonly Change[]): Promise<readonly [number | undefined, readonly unknown[], string]> {
  const config = shopConfig({ autoscaling: { min: 2, max: 6, cpuTarget: 60 } });
  const { exitCode, data, summary } = await drift({ ...fakeContext({ drift: changes }), config }, {});
  return [exitCode, (data["drift"] as readonly { readonly name: string }[]).map(({ name }) => name), summary];
}

describe("what drift takes for somebody else's doing", () => {
  for (const name of ["web-service", "web-service-green"])
    it(`is not the count of ${name}, which scales by itself`, async () => {
      const [exitCode, names] = await found([counted(name)]);
      expect([exitCode, names]).to.deep.equal([undefined, []]);
    });

  const others: readonly (readonly [what: string, change: Change])[] = [
    ["the count of a service that nothing scales", counted("api-service")],
    ["what else a scaled service has, beside its count", counted("web-service", ["desiredCount", "taskDefinition"])],
    ["another property of a scaled service", counted("web-service", ["taskDefinition"])],
    ["a scaled service that is gone", aChange({ type: service, op: "delete", name: "web-service" })],
    [
      "something of another type that has the name and a count",
      aChange({ type: "aws:ecs/taskSet:TaskSet", op: "update", name: "web-service", diffs: ["desiredCount"] }),
    ],
  ];
  for (const [what, change] of others)
    it(`is ${what}`, async () => {
      const [exitCode, names, summary] = await found([counted("web-service"), change]);
      expect([exitCode, names]).to.deep.equal([5, [change.name]]);
      expect(summary).to.include("slipway up staging --refresh       to put it back");
      expect(summary).not.to.include("restart");
    });

  it("is how a listener splits traffic, which no up puts back", async () => {
    const split = aChange({ type: "aws:lb/listener:Listener", op: "update", name: "http", diffs: ["defaultActions"] });
    const [exitCode, names, summary] = await found([split]);
    expect([exitCode, names]).to.deep.equal([5, ["http"]]);
    expect(summary).to.include("slipway restart staging <service>  to put weights back");
    expect(summary).not.to.include("slipway up");
    expect((await found([split, counted("api-service")]))[2]).to.include("slipway up staging --refresh");
  });
});
