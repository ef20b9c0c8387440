import { expect } from "chai";
import type { SlipwayError } from "../../../automation/model/errors";
import { restart } from "../../../automation/release/restart";
import { webRoute } from "../../_helpers/a-shop-release";
import { workingShop } from "../../_helpers/a-working-shop";

describe("restart", () => {
  it("starts the tasks of a rolling service anew, with the same images", async () => {
    const shop = workingShop();
    const { exitCode } = await restart(shop, { services: ["worker"], yes: true, reason: "a new secret" });
    expect([exitCode, shop.log.filter((line) => /^(apply|commit|force)/.test(line)), shop.remembered()]).to.deep.equal([
      0,
      ["forceDeployment shop-worker"],
      workingShop().remembered(),
    ]);
    expect(shop.journals.closed[0]?.request).to.deep.include({ command: "restart", reason: "a new secret" });
  });

  it("first gives the live slot all traffic again that somebody has split, and nothing in a dry run", async () => {
    const shop = workingShop();
    shop.traffic.split.set(webRoute.arn, { blue: 70, green: 30 });
    const weights = (): readonly string[] => shop.log.filter((line) => line.startsWith("setWeights"));
    await restart(shop, { services: ["web"], dryRun: true });
    expect(weights()).to.deep.equal([]);
    const { exitCode } = await restart(shop, { services: ["web"], yes: true });
    expect([exitCode, weights()[0], shop.traffic.split.get(webRoute.arn)]).to.deep.equal([
      0,
      "setWeights blue 100 green 0",
      { blue: 0, green: 100 },
    ]);
  });

  it("restarts every service when none is named, one after the other if that is wanted", async () => {
    const shop = workingShop();
    const { exitCode } = await restart(shop, { services: [], order: "sequential", yes: true });
    expect([exitCode, shop.journals.closed.map(({ plan }) => plan.service)]).to.deep.equal([
      0,
      ["web", "api", "worker"],
    ]);
  });

  it("takes a service that is named twice once, and none that there is not", async () => {
    const shop = workingShop();
    await restart(shop, { services: ["worker", "worker"], yes: true });
    expect(shop.journals.closed).to.have.lengthOf(1);
    const error = await restart(shop, { services: ["wrker", "x"], yes: true }).then(
      () => expect.fail("it did not fail"),
      (thrown: unknown) => thrown as SlipwayError,
    );
    expect([error.exitCode, error.message, error.remedy]).to.deep.equal([
      2,
      'There is no service "wrker", "x": there is web, api, worker. Nothing was changed.',
      "Did you mean `worker`?",
    ]);
  });
});
