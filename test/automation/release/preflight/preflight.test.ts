import { expect } from "chai";
import type { ServicePlan } from "../../../../automation/model/release/plan";
import { describeWarnings, isUnchanged, preflightError } from "../../../../automation/release/preflight";
import { preflightChecks } from "../../../../automation/release/preflight/preflight-checks";
import type { FakeContext } from "../../../_fakes/fake-context";
import { aJournal, aPlan, goodFacts } from "../../../_helpers/a-journal";
import { preflight, told } from "../../../_helpers/a-preflight";
import {
  aService,
  aTarget,
  registry,
  shopConfig,
  shopContext,
  webGroups,
  webRoute,
} from "../../../_helpers/a-shop-release";
import { FakeJournals } from "../../../_fakes/fake-journals";

/** Everything of today is broken; what comes is not. */
function broken({ containers, traffic, metrics }: FakeContext): void {
  metrics.states.set("shop-orders", { state: "ALARM", reason: "" });
  containers.services.set("shop-web", aService("shop-web", { running: 1 }));
  traffic.members.set(webGroups.blue, [aTarget("10.0.0.1", "unhealthy")]);
  traffic.split.set(webRoute.arn, { blue: 50, green: 50 });
}

describe("the preflight", () => {
  it("lets a healthy shop release everything", async () => {
    expect(await preflight({ words: ["all=v2"] })).to.deep.equal({ failed: [], warned: [] });
  });

  it("tells every fault of every service at once, with the remedies and the gravest exit code", async () => {
    const report = await preflight({
      words: ["web=v2", "api=v9"],
      context: noTag(),
      meanwhile: broken,
    });
    const error = preflightError(report);
    expect([error?.code, error?.exitCode, error?.message, error?.remedy]).to.deep.equal([
      "preflight",
      3,
      [
        "The preflight found 5 faults:",
        `  web: Traffic of web is split blue 50 / green 50, and blue is the live slot (${webRoute.arn}).\n    traffic-on-live: \`slipway restart staging web\` gives the live slot all traffic again, and then starts its tasks anew; \`slipway up\` leaves weights alone.`,
        "  web: shop-web is live and runs 1 of 3 tasks.\n    live-healthy: Find out why first: the events of its ECS service and the logs of its tasks tell. `slipway rollback staging web` is possible at any time, and `slipway restart staging web`.",
        "  web: Target group web-blue of web: 0 of 1 targets are healthy; 10.0.0.1 unhealthy.\n    live-healthy: Find out why first: the events of its ECS service and the logs of its tasks tell. `slipway rollback staging web` is possible at any time, and `slipway restart staging web`.",
        "  web: Alarm shop-orders fires.\n    alarms-silent: Wait until it is silent; if it has nothing to do with this release: --ignore-alarm shop-orders --reason <text>.",
        `  api: Container api: ${registry}/api:v9 is not in its registry.\n    image-exists: Push it first, or release one that is there; the newest: v2, v1.`,
      ].join("\n\n"),
      "Nothing was changed.",
    ]);
  });

  it("ends with 5 when only the live side is not healthy, and with 1 when AWS does not answer", async () => {
    const sick = await preflight({ meanwhile: ({ traffic }) => traffic.members.set(webGroups.blue, []) });
    expect([preflightError(sick)?.exitCode, preflightError({ failed: [], warned: [] })]).to.deep.equal([5, undefined]);
  });

  it("lets a rollback leave what is broken, and tells of it", async () => {
    const report = await preflight({ command: "rollback", meanwhile: broken });
    expect([report.failed, report.warned.map(({ check }) => check)]).to.deep.equal([
      [],
      ["traffic-on-live", "live-healthy", "live-healthy", "alarms-silent"],
    ]);
  });

  it("lets a restart help tasks that are not well, and put split traffic back", async () => {
    const report = await preflight({ command: "restart", meanwhile: broken });
    expect([report.failed.map(({ check }) => check), report.warned.map(({ check }) => check)]).to.deep.equal([
      [],
      ["traffic-on-live", "live-healthy", "live-healthy", "alarms-silent"],
    ]);
  });

  it("still wants the image of a rollback to be there", async () => {
    const report = await preflight({ command: "rollback", words: ["api=v9"], context: noTag() });
    expect(report.failed.map(({ check }) => check)).to.deep.equal(["image-exists"]);
  });

  it("writes each warning on a line", async () => {
    const report = await preflight({
      meanwhile: ({ metrics }) => metrics.states.set("shop-orders", { state: "MISSING", reason: "" }),
    });
    expect(describeWarnings(report)).to.equal(
      "warning: web: There is no alarm shop-orders, so it cannot stop the release. `slipway drift` shows an alarm that somebody has deleted; `release.alarms` may name a wrong one.",
    );
  });

  it("has checks with different names, each with its reason", () => {
    const ids = preflightChecks.map(({ id }) => id);
    expect([new Set(ids).size, preflightChecks.filter(({ why }) => why === "")]).to.deep.equal([ids.length, []]);
  });

  it("calls a plan with the images of today unchanged, unless it is a restart", () => {
    const same: ServicePlan = { ...aPlan(), to: { ...aPlan().from, slot: "green" } };
    expect([isUnchanged(same), isUnchanged({ ...same, restart: true }), isUnchanged(aPlan())]).to.deep.equal([
      true,
      false,
      false,
    ]);
  });
});

describe("the preflight of an environment that takes only verified versions", () => {
  const config = shopConfig({}, { promotion: { verifiedIn: "dev" } });
  const elsewhere = (changes: Partial<ServicePlan>): ((stack: string) => FakeJournals) => {
    const journals = new FakeJournals();
    journals.closed.push(aJournal({ plan: aPlan(changes), facts: goodFacts, stack: "dev" }));
    return () => journals;
  };

  it("lets pass what was released there with success, whatever the registry is called", async () => {
    const there = elsewhere({
      service: "api",
      to: { slot: "blue", images: { api: "other/api@sha256:" + "e".repeat(64) }, version: "v2" },
    });
    expect(await preflight({ context: shopContext(config), words: ["api=v2"], journalsOf: there })).to.deep.equal({
      failed: [],
      warned: [],
    });
  });

  it("refuses what was not", async () => {
    const there = elsewhere({
      service: "api",
      to: { slot: "blue", images: { api: "other/api@sha256:" + "1".repeat(64) }, version: "v1" },
    });
    expect(told(await preflight({ context: shopContext(config), words: ["api=v2"], journalsOf: there }))).to.deep.equal(
      [
        [
          "api",
          "verified-version",
          "staging takes only what dev has verified, and api v2 was never released there with success.",
          3,
        ],
      ],
    );
  });

  it("refuses everything when the records there cannot be read", async () => {
    expect(told(await preflight({ context: shopContext(config), words: ["api=v2"] }))).to.deep.equal([
      [
        "api",
        "verified-version",
        "staging takes only what dev has verified, and the records of dev cannot be read: this command does not know how.",
        3,
      ],
    ]);
  });

  it("asks nothing of a rollback", async () => {
    expect(await preflight({ context: shopContext(config), words: ["api=v2"], command: "rollback" })).to.deep.equal({
      failed: [],
      warned: [],
    });
  });
});

function noTag(): FakeContext {
  const context = shopContext();
  context.registry.images.set(`${registry}/api:v9`, {
    kind: "no-tag",
    repository: `${registry}/api`,
    newest: ["v2", "v1"],
  });
  return context;
}
