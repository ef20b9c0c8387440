import { expect } from "chai";
import { newImages } from "../../../automation/release/new-images";
import { parseTargets } from "../../../automation/release/targets";
import { FakeRegistry } from "../../_fakes/fake-registry";
import { digest, liveImages, registry, shopConfig } from "../../_helpers/a-shop-release";

const live = { slot: "blue", images: liveImages, version: "v1" } as const;

/** Tags in the registry, and everything else of its repositories missing. */
function registryWith(...references: readonly string[]): FakeRegistry {
  const fake = new FakeRegistry();
  for (const name of ["web", "proxy"])
    for (const tag of ["v1", "v2", "v3"])
      fake.images.set(`${registry}/${name}:${tag}`, {
        kind: "no-tag",
        repository: `${registry}/${name}`,
        newest: ["v1"],
      });
  references.forEach((reference, index) => {
    const found = digest(String(index));
    fake.images.set(`${registry}/${reference}`, { kind: "found", digest: found, pushedAt: null, architectures: [] });
  });
  return fake;
}

async function imagesOf(word: string, fake: FakeRegistry, proxyTag = "v1"): Promise<unknown> {
  const config = shopConfig({
    containers: {
      web: { image: { repository: `${registry}/web`, tag: "v1" } },
      proxy: { image: { repository: `${registry}/proxy`, tag: proxyTag } },
      logs: { image: { repository: "public.ecr.aws/aws-observability/aws-for-fluent-bit", tag: "3" } },
    },
  });
  const [target] = parseTargets(word.split(" "), config.services);
  const service = config.services["web"];
  if (target === undefined || service === undefined) throw new Error("no web");
  return newImages(fake, target, service, live);
}

describe("the images of a release", () => {
  it("are pinned to what the tag names now, in every repository of the service's own registry", async () => {
    expect(await imagesOf("web=v2", registryWith("web:v2", "proxy:v2"))).to.deep.equal({
      images: {
        web: `${registry}/web@${digest("0")}`,
        proxy: `${registry}/proxy@${digest("1")}`,
        logs: liveImages.logs,
      },
      version: "v2",
      notes: [],
    });
  });

  it("stay by tag where one is missing that goes with the others, for the preflight to refuse", async () => {
    expect(await imagesOf("web=v2", registryWith("web:v2"))).to.deep.equal({
      images: { web: `${registry}/web@${digest("0")}`, proxy: `${registry}/proxy:v2`, logs: liveImages.logs },
      version: "v2",
      notes: [],
    });
  });

  it("stay what they are where a container has versions of its own, and that is told", async () => {
    expect(await imagesOf("web=v2", registryWith("web:v2"), "7.1")).to.deep.equal({
      images: { web: `${registry}/web@${digest("0")}`, proxy: liveImages.proxy, logs: liveImages.logs },
      version: "v2",
      notes: [
        `Container proxy keeps its image: ${registry}/proxy has no tag v2, and the container has versions of its own.`,
      ],
    });
  });

  it("are wanted of a container that is named, whatever versions it has", async () => {
    expect(await imagesOf("web=v2 web/proxy=v3", registryWith("web:v2"), "7.1")).to.deep.include({
      images: { web: `${registry}/web@${digest("0")}`, proxy: `${registry}/proxy:v3`, logs: liveImages.logs },
    });
  });

  it("change one container alone, and the service keeps its version", async () => {
    expect(await imagesOf("web/proxy=v3", registryWith("proxy:v3"))).to.deep.equal({
      images: { ...liveImages, proxy: `${registry}/proxy@${digest("0")}` },
      version: "v1",
      notes: [],
    });
  });

  it("stay by tag where nobody can ask, and that is told", async () => {
    expect(await imagesOf("web/logs=4", new FakeRegistry())).to.deep.equal({
      images: { ...liveImages, logs: "public.ecr.aws/aws-observability/aws-for-fluent-bit:4" },
      version: "v1",
      notes: [
        "public.ecr.aws/aws-observability/aws-for-fluent-bit:4 is neither checked nor pinned (no registry in this test): if the tag moves, later tasks run another image.",
      ],
    });
  });

  it("are a digest that is given, under its tag's name", async () => {
    const known = registryWith(`web@${digest("c")}`);
    expect([
      await imagesOf(`web/web=${digest("c")}`, known),
      await imagesOf(`web/web=v2@${digest("c")}`, known),
    ]).to.deep.equal([
      { images: { ...liveImages, web: `${registry}/web@${digest("c")}` }, version: "sha256:cccccccccccc", notes: [] },
      { images: { ...liveImages, web: `${registry}/web@${digest("c")}` }, version: "v2", notes: [] },
    ]);
  });
});
