import { expect } from "chai";
import { imageReference } from "../../../sandbox/tasks/checks/image-reference";
import { allowsPull } from "../../../sandbox/tasks/checks/repository-policy";
import { pull } from "../../../sandbox/tasks/checks/pull";
import { FakeMoto } from "../../_fakes/fake-moto";
import { account, caller, digest, fault, region, registry } from "./task-cloud";

const retried = "CannotPullContainerError: pull image manifest has been retried";

describe("an image", () => {
  const references: readonly (readonly [string, object])[] = [
    ["nginx", { host: "docker.io", repository: "nginx", tag: "latest", digest: undefined, ecr: undefined }],
    [
      "codeflow/server:v1",
      { host: "docker.io", repository: "codeflow/server", tag: "v1", digest: undefined, ecr: undefined },
    ],
    ["localhost:5000/a:1", { host: "localhost:5000", repository: "a", tag: "1", digest: undefined, ecr: undefined }],
    [
      "ghcr.io/a/b@sha256:00",
      { host: "ghcr.io", repository: "a/b", tag: undefined, digest: "sha256:00", ecr: undefined },
    ],
    [
      `${registry}/shop/web:v1@sha256:00`,
      { host: registry, repository: "shop/web", tag: "v1", digest: "sha256:00", ecr: { account, region } },
    ],
  ];
  for (const [image, expected] of references) {
    it(`${image} is taken apart`, () => {
      expect(imageReference(image)).to.deep.equal(expected);
    });
  }

  const get = "AmazonEC2ContainerRegistry_V20150921.BatchGetImage";
  const policy = "AmazonEC2ContainerRegistry_V20150921.GetRepositoryPolicy";
  const there = { [get]: () => ({ images: [{ imageId: { imageDigest: digest, imageTag: "v1" } }] }) };
  const foreign = `999999999999.dkr.ecr.${region}.amazonaws.com/shop/web:v1`;
  const forbidden =
    `${retried} 1 time(s): failed to resolve ref ${foreign}: ` +
    `pulling from host 999999999999.dkr.ecr.${region}.amazonaws.com failed with status code [manifests v1]: 403 Forbidden`;
  const allowed = JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "ecr:*" }],
  });
  const pulls: readonly (readonly [string, string, ConstructorParameters<typeof FakeMoto>[0], object])[] = [
    ["that is there", `${registry}/shop/web:v1`, there, { kind: "pulled", digest, tag: "v1" }],
    [
      "whose tag is not there",
      `${registry}/shop/web:v2`,
      { [get]: () => ({ images: [], failures: [{ failureCode: "ImageNotFound" }] }) },
      { kind: "refused", text: `${retried} 7 time(s): failed to resolve ref ${registry}/shop/web:v2: not found` },
    ],
    [
      "whose repository is not there",
      `${registry}/shop/web:v2`,
      { [get]: fault("RepositoryNotFoundException", "The repository with name 'shop/web' does not exist") },
      { kind: "refused", text: `CannotPullContainerError: API error (404): repository ${registry}/shop/web not found` },
    ],
    [
      "of an account that has no such repository",
      foreign,
      { ...there, [policy]: fault("RepositoryNotFoundException", "no") },
      { kind: "refused", text: forbidden },
    ],
    [
      "of an account that lets nobody in",
      foreign,
      { ...there, [policy]: () => ({ policyText: "{}" }) },
      { kind: "refused", text: forbidden },
    ],
    [
      "of an account that lets us in",
      foreign,
      { ...there, [policy]: () => ({ policyText: allowed }) },
      { kind: "pulled", digest, tag: "v1" },
    ],
    [
      "of a public registry whose tag says that it is missing",
      "ghcr.io/a/b:missing-1",
      {},
      { kind: "refused", text: `${retried} 7 time(s): failed to resolve ref ghcr.io/a/b:missing-1: not found` },
    ],
  ];
  for (const [name, image, answers, expected] of pulls) {
    it(`${name} is ${"digest" in expected ? "pulled" : "refused"}`, async () => {
      expect(await pull(new FakeMoto(answers), caller, image)).to.deep.equal(expected);
    });
  }

  it("of a public registry is there, with a digest that stays the same", async () => {
    const [one, other] = [await pull(new FakeMoto(), caller, "nginx:1"), await pull(new FakeMoto(), caller, "nginx:1")];

    expect(one).to.deep.equal(other);
    expect(one.kind).to.equal("pulled");
  });

  const both = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
  const allow = { Effect: "Allow", Principal: "*", Action: both };
  const policies: readonly (readonly [string, object, boolean])[] = [
    ["everybody may pull", allow, true],
    ["our account may pull", { Effect: "Allow", Principal: { AWS: account }, Action: both }, true],
    ["only manifests may be read", { Effect: "Allow", Principal: "*", Action: "ecr:BatchGetImage" }, false],
    ["another account may pull", { Effect: "Allow", Principal: { AWS: "111111111111" }, Action: both }, false],
    ["we are denied what all may", [allow, { Effect: "Deny", Principal: { AWS: account }, Action: "ecr:*" }], false],
  ];
  for (const [name, statements, expected] of policies) {
    it(`is ${expected ? "let out" : "kept in"} by a policy by which ${name}`, () => {
      expect(allowsPull(JSON.stringify({ Statement: statements }), account)).to.equal(expected);
    });
  }
});
