import { createHash } from "node:crypto";
import { expect } from "chai";
import { loneEmulator, refusalOf, type LoneEmulator } from "./emulator";

const repositoryName = "team/app";

interface Image {
  readonly imageId: { readonly imageTag?: string; readonly imageDigest: string };
  readonly imageManifest: string;
}

describe("images", () => {
  let cloud: LoneEmulator;
  before(async () => {
    cloud = await loneEmulator();
  });
  after(() => cloud.end());
  beforeEach(() => cloud.fresh());

  const ecr = (operation: string, input: object) =>
    cloud.moto.call(cloud.scope, "ecr", `AmazonEC2ContainerRegistry_V20150921.${operation}`, {
      repositoryName,
      ...input,
    });
  const push = async (tag: string, more: object = {}) =>
    (await cloud.moto.door("/slipway/image", {
      ...cloud.scope,
      repository: repositoryName,
      tag,
      create: true,
      ...more,
    })) as {
      readonly digest: string;
      readonly previous: string | null;
    };
  const ids = async () => (await ecr("ListImages", {}))["imageIds"];
  const get = async (...imageIds: object[]) =>
    (await ecr("BatchGetImage", { imageIds })) as { images: Image[]; failures: object[] };
  const seed = (tag: string) =>
    cloud.moto.door("/slipway/seed", {
      ...cloud.scope,
      images: [{ region: cloud.scope.region, repository: repositoryName, tag }],
    });

  it("have the SHA-256 of their manifest as digest", async () => {
    const { digest } = await push("b1");
    const { images } = await get({ imageTag: "b1" });

    const manifest = images[0]?.imageManifest ?? "";
    expect(digest).to.equal(`sha256:${createHash("sha256").update(manifest).digest("hex")}`);
    expect(images[0]?.imageId).to.deep.equal({ imageDigest: digest, imageTag: "b1" });
  });

  it("stay without a tag when it moves to another, and can still be had by digest", async () => {
    const one = await push("latest");
    const two = await push("latest");

    expect(two.digest).to.not.equal(one.digest);
    expect(two.previous).to.equal(one.digest);
    expect(await ids()).to.deep.equal([{ imageDigest: one.digest }, { imageDigest: two.digest, imageTag: "latest" }]);
    expect((await get({ imageDigest: one.digest })).images).to.have.length(1);
  });

  it("are the same when their content is, whatever the tag", async () => {
    const one = await push("b1", { content: "x" });
    const [again, other, copy] = [
      await push("b1", { content: "x" }),
      await push("b2", { content: "x" }),
      await push("stable", { digestOf: "b1" }),
    ];

    expect([again.digest, other.digest, copy.digest]).to.deep.equal([one.digest, one.digest, one.digest]);
  });

  it("keep their tag in a repository whose tags are immutable", async () => {
    await push("b1");
    await ecr("PutImageTagMutability", { imageTagMutability: "IMMUTABLE" });
    const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType: "application/vnd.oci.image.manifest.v1+json" });

    expect(await refusalOf(ecr("PutImage", { imageManifest, imageTag: "b1" }))).to.deep.equal([
      "ImageTagAlreadyExistsException",
      "The image tag 'b1' already exists in the 'team/app' repository and cannot be overwritten because the tag is immutable.",
    ]);
    await ecr("PutImage", { imageManifest, imageTag: "b2" });
    expect(((await refusalOf(ecr("PutImage", { imageManifest, imageTag: "b2" }))) as string[])[0]).to.equal(
      "ImageAlreadyExistsException",
    );
  });

  it("are told one by one when some are missing, and not at all when they are described", async () => {
    const { digest } = await push("b1");
    await push("b2");
    const wanted = [
      { imageTag: "b1" },
      { imageTag: "gone" },
      { imageDigest: "b1" },
      { imageTag: "b2", imageDigest: digest },
      {},
    ];
    const { images, failures } = await get(...wanted);

    expect(images.map(({ imageId }) => imageId.imageTag)).to.deep.equal(["b1"]);
    expect(failures.map((failure) => (failure as { failureCode: string }).failureCode)).to.deep.equal([
      "ImageNotFound",
      "InvalidImageDigest",
      "ImageTagDoesNotMatchDigest",
      "MissingDigestAndTag",
    ]);
    expect(await refusalOf(ecr("DescribeImages", { imageIds: [{ imageTag: "gone" }] }))).to.deep.equal([
      "ImageNotFoundException",
      `The image with imageId {imageDigest:'null', imageTag:'gone'} does not exist within the repository with name 'team/app' in the registry with id '${cloud.scope.account}'`,
    ]);
    expect(await refusalOf(ecr("DescribeImages", { repositoryName: "none" }))).to.deep.equal([
      "RepositoryNotFoundException",
      `The repository with name 'none' does not exist in the registry with id '${cloud.scope.account}'`,
    ]);
  });

  it("that a configuration refers to are there, and stay away once somebody has deleted them", async () => {
    const first = await seed("b1");
    await ecr("BatchDeleteImage", { imageIds: [{ imageTag: "b1" }] });
    const second = await seed("b1");

    expect([first, second, await ids()]).to.deep.equal([{ made: ["team/app:b1"] }, { made: [] }, []]);
  });
});

describe("secrets and parameters that a configuration refers to", () => {
  let cloud: LoneEmulator;
  before(async () => {
    cloud = await loneEmulator();
  });
  after(() => cloud.end());

  it("are there under the very ARN, with the fields that are read of them", async () => {
    const { account, region } = cloud.scope;
    const id = `arn:aws:secretsmanager:${region}:${account}:secret:shop/mail-AbCdEf`;
    await cloud.moto.door("/slipway/seed", {
      ...cloud.scope,
      secrets: [{ id, keys: ["user", "password"] }],
      parameters: ["/shop/level", `arn:aws:ssm:${region}:${account}:parameter/plain`],
    });

    const secret = await cloud.moto.call(cloud.scope, "secretsmanager", "secretsmanager.GetSecretValue", {
      SecretId: id,
    });
    expect([secret["ARN"], secret["Name"], JSON.parse(String(secret["SecretString"]))]).to.deep.equal([
      id,
      "shop/mail",
      { user: "sandbox-user", password: "sandbox-password" },
    ]);
    const { Parameters, InvalidParameters } = (await cloud.moto.call(cloud.scope, "ssm", "AmazonSSM.GetParameters", {
      Names: ["/shop/level", "plain", "other"],
    })) as { Parameters: { Name: string }[]; InvalidParameters: string[] };
    expect([Parameters.map(({ Name }) => Name).sort(), InvalidParameters]).to.deep.equal([
      ["/shop/level", "plain"],
      ["other"],
    ]);
  });

  it("are refused in words that say what is missing", async () => {
    const call = (operation: string, input: object) =>
      cloud.moto.call(cloud.scope, "secretsmanager", `secretsmanager.${operation}`, { SecretId: "one", ...input });
    await call("CreateSecret", { Name: "one" });
    const noValue = await refusalOf(call("GetSecretValue", {}));
    await call("PutSecretValue", { SecretString: "x" });
    const noLabel = await refusalOf(call("GetSecretValue", { VersionStage: "AWSPENDING" }));
    await call("DeleteSecret", {});

    const missing = "Secrets Manager can't find the specified secret value for staging label:";
    expect([noValue, noLabel, await refusalOf(call("GetSecretValue", {}))]).to.deep.equal([
      ["ResourceNotFoundException", `${missing} AWSCURRENT`],
      ["ResourceNotFoundException", `${missing} AWSPENDING`],
      ["InvalidRequestException", "You can't perform this operation on the secret because it was marked for deletion."],
    ]);
  });
});
