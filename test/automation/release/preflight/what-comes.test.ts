import { expect } from "chai";
import type { ServicePlan } from "../../../../automation/model/release/plan";
import type { FakeContext } from "../../../_fakes/fake-context";
import type { StackConfig } from "../../../../infra/config/schema";
import { preflight, told, type Shop } from "../../../_helpers/a-preflight";
import { digest, registry, shopConfig, shopContext } from "../../../_helpers/a-shop-release";

describe("the preflight of what comes", () => {
  const cases: readonly (readonly [what: string, shop: Shop, found: readonly (readonly unknown[])[]])[] = [
    [
      "a tag that is not in the registry, which then stays in the plan",
      {
        words: ["api=v9"],
        context: withTags(["v2", "v1"]),
      },
      [["api", "image-exists", `Container api: ${registry}/api:v9 is not in its registry.`, 3]],
    ],
    [
      "an image that has left the registry",
      {
        meanwhile: ({ registry: images }) =>
          images.images.set(`${registry}/web@${digest("c")}`, {
            kind: "no-tag",
            repository: `${registry}/web`,
            newest: ["v3", "v1"],
          }),
      },
      [["web", "image-exists", `Container web: ${registry}/web@${digest("c")} is not in its registry.`, 3]],
    ],
    [
      "a repository that is not there",
      {
        meanwhile: ({ registry: images }) =>
          images.images.set(`${registry}/web@${digest("c")}`, { kind: "no-repository", repository: `${registry}/web` }),
      },
      [["web", "image-exists", `Container web: there is no repository ${registry}/web.`, 3]],
    ],
    [
      "an image for another processor",
      {
        meanwhile: ({ registry: images }) =>
          images.images.set(`${registry}/web@${digest("c")}`, {
            kind: "found",
            digest: digest("c"),
            pushedAt: null,
            architectures: ["arm64"],
          }),
      },
      [["web", "image-architecture", "Container web: the image is built for arm64, and the tasks run on amd64.", 3]],
    ],
    [
      "an image of a forbidden account",
      { changed: withWeb("709825985650.dkr.ecr.eu-central-1.amazonaws.com/web:v2") },
      [
        [
          "web",
          "registry-account",
          "Container web: 709825985650.dkr.ecr.eu-central-1.amazonaws.com/web:v2 is in account 709825985650, which is forbidden for this environment.",
          3,
        ],
      ],
    ],
    [
      "an image of another account, whatever is or is not there",
      {
        changed: withWeb("123456789012.dkr.ecr.eu-central-1.amazonaws.com/web:v2"),
        meanwhile: ({ registry: images }) =>
          images.images.set("123456789012.dkr.ecr.eu-central-1.amazonaws.com/web:v2", {
            kind: "no-repository",
            repository: "web",
          }),
      },
      [
        [
          "web",
          "registry-account",
          "Container web: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/web:v2 is in account 123456789012, and the environment is in account 686831565523.",
          3,
        ],
      ],
    ],
    [
      "an alarm that fires",
      { meanwhile: ({ metrics }) => metrics.states.set("shop-orders", { state: "ALARM", reason: "no orders" }) },
      [["web", "alarms-silent", "Alarm shop-orders fires: no orders.", 3]],
    ],
    [
      "an alarm that is not there, as a warning",
      { meanwhile: ({ metrics }) => metrics.states.set("shop-orders", { state: "MISSING", reason: "" }) },
      [["web", "alarms-silent", "There is no alarm shop-orders, so it cannot stop the release."]],
    ],
    [
      "no fault in an alarm without data",
      { meanwhile: ({ metrics }) => metrics.states.set("shop-orders", { state: "INSUFFICIENT_DATA", reason: "" }) },
      [],
    ],
    [
      "what makes every release slow, as warnings",
      { context: shopContext(slowConfig()) },
      [
        ["web", "health-check-pace", "Container web: a new target is healthy after 5 x 30 s = 150 s at the earliest."],
        ["web", "health-check-pace", "Container web: an old target leaves only after 300 s."],
      ],
    ],
  ];
  for (const [what, shop, found] of cases) {
    it(`finds ${what}`, async () => {
      expect(told(await preflight(shop))).to.deep.equal(found);
    });
  }
});

function withWeb(image: string): (plan: ServicePlan) => ServicePlan {
  return (plan) => ({ ...plan, to: { ...plan.to, images: { ...plan.to.images, web: image } } });
}

function withTags(newest: readonly string[]): FakeContext {
  const context = shopContext();
  context.registry.images.set(`${registry}/api:v9`, { kind: "no-tag", repository: `${registry}/api`, newest });
  return context;
}

function slowConfig(): StackConfig {
  const healthCheck = { path: "/health", intervalSeconds: 30, healthyThreshold: 5 };
  const loadBalancer = { healthCheck, deregistrationDelaySeconds: 300 };
  const image = (name: string): object => ({ repository: `${registry}/${name}`, tag: "v1" });
  const logs = { image: { repository: "public.ecr.aws/aws-observability/aws-for-fluent-bit", tag: "3" } };
  return shopConfig({
    containers: { web: { image: image("web"), port: 8080, loadBalancer }, proxy: { image: image("proxy") }, logs },
  });
}
