import { expect } from "chai";
import type { SlotName } from "../../automation/ports/engine";
import type { ServiceRelease, Slot } from "../../infra/releases";
import { brief } from "./probe/deploy";
import { errorOf } from "./probe/error-of";
import { releaseStack, type ReleaseStack } from "./release-stack";

const cluster = "axonflow-staging-cluster";
const slotOf = (service: string, slot: Slot): SlotName => ({ service, slot });

describe("the real engine on releases", function () {
  this.timeout(180_000);
  let stack: ReleaseStack;

  before(async function () {
    this.timeout(1_800_000);
    const made = await releaseStack();
    if (made === undefined) this.skip();
    stack = made;
  });

  after(() => stack?.remove());

  /** What ECS runs, by service. */
  const running = async (): Promise<Readonly<Record<string, unknown>>> =>
    Object.fromEntries<unknown>(
      await Promise.all(
        ["shop", "shop-green", "cart", "cart-green", "api", "worker"].map(async (slot) => {
          const [service, green] = slot.split("-");
          const name = `axonflow-staging-${service}-service${green === undefined ? "" : "-green"}`;
          const found = await stack.cloud.service(cluster, name);
          return [
            slot,
            [found?.taskDefinition?.split("/").at(-1), found?.deployments?.[0]?.id, found?.desiredCount],
          ] as const;
        }),
      ),
    );

  /** Resources at AWS and the stack's outputs. The engine also notes what a refused run has declared of components, and what stands on what. */
  const applied = (state: Awaited<ReturnType<ReleaseStack["resources"]>>) =>
    [...state]
      .filter(([, { custom, type }]) => custom === true || type === "pulumi:pulumi:Stack")
      .map(([urn, { id, inputs, outputs }]) => ({ urn, id, inputs, outputs }))
      .sort(byUrn);
  const byUrn = (a: { readonly urn: string }, b: { readonly urn: string }): number => (a.urn < b.urn ? -1 : 1);

  const nothingToChange = async (): Promise<readonly unknown[]> => {
    const { changes, changedOutputs, planFile } = await stack.engine.preview();
    await stack.engine.discardPlan(planFile);
    return [brief(changes), changedOutputs, await stack.plainPreview()];
  };

  const live = (release: ServiceRelease, slot: Slot): ServiceRelease => ({
    ...release,
    live: slot,
    weights: slot === "blue" ? { blue: 100, green: 0 } : { blue: 0, green: 100 },
  });

  it("puts images into the named slots in one run, and leaves everything else as it is", async () => {
    const slots = [slotOf("shop", "green"), slotOf("api", "blue"), slotOf("worker", "blue")];
    const releases = {
      shop: await stack.withTag("shop", "green", "v2"),
      api: await stack.withTag("api", "blue", "v2"),
      worker: await stack.withTag("worker", "blue", "v2"),
    };
    const [before, ran] = [await stack.resources(), await running()];

    const looked = await stack.engine.previewImages({ releases, slots });
    const still = await running();
    const { changes, changedOutputs } = await stack.engine.applyImages({ releases, slots });

    const expected = ["shop-task-green", "api-task", "worker-task"].map((name) => `replace ${name}`);
    const pointed = ["shop-service-green", "api-service", "worker-service"].map((name) => `update ${name}`);
    expect([brief(looked.changes), still]).to.deep.equal([[...expected, ...pointed].sort(), ran]);
    expect([brief(changes), changedOutputs]).to.deep.equal([[...expected, ...pointed].sort(), ["releases"]]);

    const [after, runs] = [await stack.resources(), await running()];
    const touched = [...after.keys()].filter(
      (urn) => JSON.stringify(after.get(urn)) !== JSON.stringify(before.get(urn)),
    );
    expect(touched.map((urn) => urn.split("::").at(-1)).sort()).to.deep.equal(
      [...expected, ...pointed]
        .map((change) => change.split(" ")[1])
        .concat("slipway-staging")
        .sort(),
    );
    for (const kind of ["dependencies", "propertyDependencies", "provider", "parent", "ignoreChanges"]) {
      const of = (state: typeof after) => [...state].map(([urn, resource]) => [urn, resource[kind]]).sort();
      expect(of(after), kind).to.deep.equal(of(before));
    }
    expect(Object.keys(ran).filter((slot) => String(ran[slot]) !== String(runs[slot]))).to.deep.equal([
      "shop-green",
      "api",
      "worker",
    ]);
    expect(await nothingToChange()).to.deep.equal([[], [], 0]);
  });

  it("changes nothing when the images are already there", async () => {
    const ran = await running();

    const { changes } = await stack.engine.applyImages({
      releases: { api: await stack.release("api") },
      slots: [slotOf("api", "blue")],
    });

    expect([brief(changes), await running()]).to.deep.equal([[], ran]);
  });

  for (const { what, edit, named } of [
    {
      what: "an environment variable and the size",
      edit: (text: string) => text.replace("hunter2-hunter2", "hunter3-hunter3").replace("memory: 512", "memory: 1024"),
      named: ["shop-task-green: containerDefinitions, memory"],
    },
    {
      what: "the service itself",
      edit: (text: string) => text.replace("desiredCount: 2", "desiredCount: 2\n      executeCommand: true"),
      named: ["shop-service-green: enableExecuteCommand"],
    },
    {
      what: "a tag of everything",
      edit: (text: string) =>
        text.replace("  slipway:alarms:", "  slipway:tags: { Owner: hunter4-hunter4 }\n  slipway:alarms:"),
      named: ["aws: defaultTags"],
    },
    {
      what: "a slot that configuration has no more",
      edit: (text: string) => text.replace("strategy: blue-green", "strategy: rolling"),
      named: ["shop-task-green is deployed, and not in the configuration any more"],
    },
    {
      what: "a port that the services' dependencies grow by",
      edit: (text: string) => text.replace("port: 8081", "port: 9081"),
      named: ["shop-service-green needs security-groups-load-balancer-to-services-9081"],
    },
  ]) {
    it(`applies nothing when configuration changes ${what}`, async () => {
      const run = { releases: { shop: await stack.withTag("shop", "green", "v3") }, slots: [slotOf("shop", "green")] };
      const [before, ran] = [applied(await stack.resources()), (await running())["shop-green"]];

      const error = await stack.configured(edit, () => errorOf(stack.engine.applyImages(run)));

      expect([error.code, error.exitCode]).to.deep.equal(["release-gate", 3]);
      for (const name of named) expect(error.message).to.contain(name);
      expect(JSON.stringify([error.message, error.remedy, error.data])).not.to.match(/hunter/);
      expect([applied(await stack.resources()), (await running())["shop-green"]]).to.deep.equal([before, ran]);
    });
  }

  it("releases no service that was never deployed", async () => {
    const service = `    extra:\n      containers:\n        extra: { image: { repository: extra, tag: v1 } }\n  slipway:alarms:`;
    const blue = { images: { extra: "extra:v2" } };
    const releases = { extra: { live: "blue" as const, slots: { blue }, weights: { blue: 100, green: 0 } } };

    const error = await stack.configured(
      (text) => text.replace("  slipway:alarms:", service),
      () => errorOf(stack.engine.applyImages({ releases, slots: [slotOf("extra", "blue")] })),
    );

    expect([error.code, error.exitCode, error.message]).to.deep.equal([
      "not-deployed",
      3,
      "extra-task, extra-service, extra-execution-policy: not deployed in staging yet. Nothing was changed.",
    ]);
  });

  for (const slot of ["green", "blue"] as const) {
    it(`makes ${slot} the live slot, with its scaling and its count`, async () => {
      const releases = {
        shop: live(await stack.release("shop"), slot),
        cart: live(await stack.release("cart"), slot),
      };

      const { changes } = await stack.engine.commitReleases({ releases, services: ["shop", "cart"] });

      const [made, gone] = slot === "green" ? ["shop-green", "shop"] : ["shop", "shop-green"];
      const counted = slot === "green" ? ["update cart-service-green"] : [];
      expect(brief(changes)).to.deep.equal(
        [
          ...["", "-cpu"].flatMap((role) => [`create ${made}-scaling${role}`, `delete ${gone}-scaling${role}`]),
          ...counted,
        ].sort(),
      );
      expect([await stack.release("shop"), await stack.release("cart")]).to.deep.equal([releases.shop, releases.cart]);
      expect(await nothingToChange()).to.deep.equal([[], [], 0]);
    });
  }

  it("commits what changes nothing but the outputs", async () => {
    const api = { ...(await stack.release("api")) };
    const renamed = { ...api, slots: { blue: { images: api.slots.blue?.images ?? {}, version: "v2" } } };

    expect(
      brief((await stack.engine.commitReleases({ releases: { api: renamed }, services: ["api"] })).changes),
    ).to.deep.equal([]);
  });

  it("commits nothing while configuration waits for its turn", async () => {
    const releases = { cart: live(await stack.release("cart"), "green") };
    const [before, ran] = [applied(await stack.resources()), (await running())["cart-green"]];

    const error = await stack.configured(
      (text) => text.replace("strategy: canary", "strategy: canary }\n      deployment: { maximumPercent: 150"),
      () => errorOf(stack.engine.commitReleases({ releases, services: ["cart"] })),
    );

    expect([error.code, error.exitCode]).to.deep.equal(["release-gate", 3]);
    expect(error.message).to.contain("update cart-service: deploymentMaximumPercent");
    expect([applied(await stack.resources()), (await running())["cart-green"]]).to.deep.equal([before, ran]);
  });
});
