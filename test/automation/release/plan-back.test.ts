import { expect } from "chai";
import { CloudError } from "../../../automation/model/cloud-error";
import { SlipwayError } from "../../../automation/model/errors";
import { makePlans, type Wanted } from "../../../automation/release/make-plan";
import { digest, liveImages, registry, shopContext, shopFacts } from "../../_helpers/a-shop-release";
import { plan, words } from "../../_helpers/one-plan";

describe("the plan of a way back", () => {
  const back: Wanted = {
    kind: "images",
    service: "web",
    images: { web: `${registry}/web@${digest("9")}`, gone: "x:1" },
    version: "v0",
  };

  it("takes the images it is told, and for the other containers what they run", async () => {
    expect((await plan([back])).to).to.deep.equal({
      slot: "green",
      images: { ...liveImages, web: `${registry}/web@${digest("9")}` },
      version: "v0",
    });
  });

  it("is not itself taken back by an alarm that fires already", async () => {
    const context = shopContext();
    context.metrics.states.set("shop-web-errors", { state: "ALARM", reason: "9 % of requests fail" });
    const [away, forward] = [await plan([back], { context }), await plan(words("web=v2"), { context })];
    expect([away.alarms, away.ignoredAlarms, forward.alarms]).to.deep.equal([
      ["shop-orders"],
      [{ name: "shop-web-errors", reason: "it fired already when this began" }],
      ["shop-web-errors", "shop-orders"],
    ]);
  });

  it("of a restart is the same in new tasks, at once", async () => {
    const { from, to, steps, strategy, restart } = await plan([{ kind: "restart", service: "web" }]);
    expect({ images: to.images, version: to.version, slot: to.slot, strategy, steps, restart }).to.deep.equal({
      images: from.images,
      version: "v1",
      slot: "green",
      strategy: "blue-green",
      steps: [{ percent: 100, bakeSeconds: 300 }],
      restart: true,
    });
  });
});

describe("a plan that cannot be made", () => {
  it("tells every fault of the words, of all services, once", async () => {
    const failure = await refusal(
      makePlans(shopContext(), shopFacts(), words("api=v2", "web=v2"), {
        words: { strategy: "canary", bake: "long" },
        ignoreAlarms: ["shop-order"],
      }),
    );
    expect([failure.code, failure.exitCode, pathsOf(failure)]).to.deep.equal([
      "usage",
      2,
      [
        [
          "--strategy",
          "canary, for api, which has one slot in what is deployed",
          "Set `release.strategy: canary` of api and run `slipway up`: it makes the second slot.",
        ],
        ["--bake", "long", "Write for example `--bake 5m`."],
        ["--ignore-alarm", 'alarm "shop-order"', "Did you mean `shop-orders`?"],
        ["--reason", "nothing, with --ignore-alarm", 'Add for example `--reason "INC-204: known, not ours"`.'],
      ],
    ]);
  });

  it("is of a service that the stack has not been deployed with", async () => {
    const { api, ...releases } = shopFacts().releases;
    expect(api).not.to.equal(undefined);
    const failure = await refusal(makePlans(shopContext(), shopFacts({ releases }), words("api=v2")));
    expect([failure.code, failure.exitCode, failure.message]).to.deep.equal([
      "not-deployed",
      3,
      "Service api is configured, but staging has not been deployed with it yet.",
    ]);
  });

  it("says what AWS said", async () => {
    const context = shopContext();
    context.containers.failures.push(
      new CloudError("denied", "ecs:DescribeServices", "AccessDeniedException", "not authorized"),
    );
    const failure = await refusal(makePlans(context, shopFacts(), words("api=v2")));
    expect([failure.code, failure.exitCode, failure.message, failure.remedy]).to.deep.equal([
      "aws",
      1,
      "ecs:DescribeServices failed: not authorized (AccessDeniedException)",
      "Nothing was changed. Check the credentials: they have expired, or lack this right.",
    ]);
  });
});

const pathsOf = ({ data }: SlipwayError): unknown =>
  (data["faults"] as readonly Record<string, string>[]).map(({ path, found, remedy }) => [path, found, remedy]);

const refusal = (making: Promise<unknown>): Promise<SlipwayError> =>
  making.then(
    () => expect.fail("not refused"),
    (error: unknown) => (error instanceof SlipwayError ? error : expect.fail(String(error))),
  );
