import { expect } from "chai";
import type { EcrCalls } from "../../../automation/adapters/ecr-calls";
import { ecrReference } from "../../../automation/adapters/ecr-reference";
import { architecturesOf, ecrRegistry } from "../../../automation/adapters/ecr-registry";
import { cloudError } from "../../../automation/adapters/cloud-errors";

const digest = `sha256:${"a".repeat(64)}`;
const image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/web";
const index = JSON.stringify({
  manifests: [
    { platform: { architecture: "arm64" } },
    { platform: { architecture: "amd64" } },
    { platform: { architecture: "unknown" } },
  ],
});

/** An ECR that answers what it is told, and writes down in which region it was asked what. */
function registry(answers: Partial<EcrCalls>) {
  const log: unknown[] = [];
  const open = (region: string): EcrCalls => ({
    batchGetImage: async (input) => {
      log.push([region, "batchGetImage", input.registryId, input.repositoryName, input.imageIds]);
      return answers.batchGetImage?.(input) ?? {};
    },
    describeImages: async (input) => {
      log.push([region, "describeImages", input.imageIds ?? input.nextToken ?? "first"]);
      return answers.describeImages?.(input) ?? {};
    },
  });
  const opened = ecrRegistry({ region: "eu-central-1" }, open);
  return { log, look: (text: string) => opened.look(text) };
}

const failing = (code: string) => (): Promise<never> =>
  Promise.reject(cloudError("ecr:X", Object.assign(new Error("said"), { name: code })));

describe("looking an image up in ECR", () => {
  it("gives digest, date and architectures, asking account and region of the reference", async () => {
    const { look, log } = registry({
      batchGetImage: async () => ({ images: [{ imageId: { imageDigest: digest }, imageManifest: index }] }),
      describeImages: async () => ({ imageDetails: [{ imagePushedAt: new Date(1_767_268_800.5 * 1000) }] }),
    });

    expect(await look(`${image}:v2`)).to.deep.equal({
      kind: "found",
      digest,
      pushedAt: "2026-01-01T12:00:00.500Z",
      architectures: ["amd64", "arm64"],
    });
    expect(log).to.deep.equal([
      ["eu-west-1", "batchGetImage", "111122223333", "team/web", [{ imageTag: "v2" }]],
      ["eu-west-1", "describeImages", [{ imageDigest: digest }]],
    ]);
  });

  it("finds an image whose details nobody lets us see", async () => {
    const { look } = registry({
      batchGetImage: async () => ({ images: [{ imageId: { imageDigest: digest }, imageManifest: "{}" }] }),
      describeImages: failing("AccessDeniedException"),
    });

    expect(await look(`${image}@${digest}`)).to.deep.equal({
      kind: "found",
      digest,
      pushedAt: null,
      architectures: [],
    });
  });

  it("names the five newest tags, of all pages, when there is no such tag", async () => {
    const pages = [
      {
        imageDetails: [
          { imageTags: ["v1"], imagePushedAt: new Date(1 * 1000) },
          { imageTags: ["v6", "latest"], imagePushedAt: new Date(6 * 1000) },
        ],
        nextToken: "2",
      },
      { imageDetails: [5, 4, 3].map((at) => ({ imageTags: [`v${at}`], imagePushedAt: new Date(at * 1000) })) },
    ];
    const { look } = registry({
      batchGetImage: async () => ({ images: [], failures: [{ failureCode: "ImageNotFound" }] }),
      describeImages: async ({ nextToken }) => pages[nextToken === undefined ? 0 : 1] ?? {},
    });

    expect(await look(`${image}:v7`)).to.deep.equal({
      kind: "no-tag",
      repository: "team/web",
      newest: ["v6", "latest", "v5", "v4", "v3"],
    });
  });

  it("knows a repository that is not there", async () => {
    const { look } = registry({ batchGetImage: failing("RepositoryNotFoundException") });

    expect(await look(`${image}:v2`)).to.deep.equal({ kind: "no-repository", repository: "team/web" });
  });

  it("cannot say of a registry that does not let us look, nor of one that is not ECR", async () => {
    const { look } = registry({ batchGetImage: failing("AccessDeniedException") });

    expect(await Promise.all([look(`${image}:v2`), look("docker.io/library/nginx:1"), look("nginx")])).to.deep.equal([
      { kind: "unknown", why: "registry 111122223333 in eu-west-1 does not let us look" },
      { kind: "unknown", why: "not an image of Amazon ECR" },
      { kind: "unknown", why: "not an image of Amazon ECR" },
    ]);
  });

  for (const code of ["ThrottlingException", "ExpiredTokenException"]) {
    it(`fails with ${code}, which says nothing about the image`, async () => {
      const { look } = registry({ batchGetImage: failing(code) });

      const error = await look(`${image}:v2`).catch((caught: unknown) => caught);

      expect(error).to.include({ name: "CloudError", code });
    });
  }
});

describe("a reference to an image", () => {
  const place = { account: "111122223333", region: "eu-west-1", repository: "team/web" };
  const cases: readonly (readonly [string, ReturnType<typeof ecrReference>])[] = [
    [`${image}:v2`, { ...place, image: { imageTag: "v2" } }],
    [image, { ...place, image: { imageTag: "latest" } }],
    [`${image}@${digest}`, { ...place, image: { imageDigest: digest } }],
    [`${image}:v2@${digest}`, { ...place, image: { imageDigest: digest } }],
    ["111122223333.dkr-ecr.eu-west-1.on.aws/team/web:v2", { ...place, image: { imageTag: "v2" } }],
    [
      "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/web:v2",
      { account: "111122223333", region: "cn-north-1", repository: "web", image: { imageTag: "v2" } },
    ],
    ["public.ecr.aws/nginx/nginx:1", undefined],
    ["ghcr.io/team/web:v2", undefined],
    ["web:v2", undefined],
    [`${image}@sha256:short`, undefined],
  ];
  for (const [text, expected] of cases) {
    it(`${text} is ${expected === undefined ? "none of ECR" : "read"}`, () => {
      expect(ecrReference(text)).to.deep.equal(expected);
    });
  }
});

describe("the architectures of an image", () => {
  it("are told by an index only, attestations left out", () => {
    expect([architecturesOf(index), architecturesOf("{}"), architecturesOf("no JSON")]).to.deep.equal([
      ["amd64", "arm64"],
      [],
      [],
    ]);
  });
});
