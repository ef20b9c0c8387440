import { expect } from "chai";
import {
  ecrAccountOf,
  isPinned,
  parseImage,
  registryOf,
  versionOfImage,
} from "../../../automation/model/release/image-reference";

const ecr = "686831565523.dkr.ecr.eu-central-1.amazonaws.com";

describe("an image reference", () => {
  const parts: readonly (readonly [image: string, repository: string, tag: string | null, digest: string | null])[] = [
    ["nginx", "nginx", null, null],
    ["nginx:1.27", "nginx", "1.27", null],
    ["localhost:5000/shop/web", "localhost:5000/shop/web", null, null],
    ["localhost:5000/shop/web:v2", "localhost:5000/shop/web", "v2", null],
    [`${ecr}/web@sha256:ab`, `${ecr}/web`, null, "sha256:ab"],
    [`${ecr}/web:v2@sha256:ab`, `${ecr}/web`, "v2", "sha256:ab"],
  ];
  for (const [image, repository, tag, digest] of parts) {
    it(`${image} is taken apart`, () => {
      expect([parseImage(image), isPinned(image)]).to.deep.equal([{ repository, tag, digest }, digest !== null]);
    });
  }

  it("names its registry, or means Docker's", () => {
    expect([
      registryOf("nginx"),
      registryOf("shop/web:v1"),
      registryOf("localhost/web"),
      registryOf(`${ecr}/a/b`),
    ]).to.deep.equal(["docker.io", "docker.io", "localhost", ecr]);
  });

  it("names an account only in Amazon ECR", () => {
    expect([
      ecrAccountOf(`${ecr}/web:v1`),
      ecrAccountOf("public.ecr.aws/x/y"),
      ecrAccountOf(`evil.example/${ecr}/web`),
    ]).to.deep.equal(["686831565523", undefined, undefined]);
  });

  it("is called by its tag, else by the digest's beginning", () => {
    expect([
      versionOfImage("web:v2@sha256:0123456789abcdef"),
      versionOfImage("web@sha256:0123456789abcdef"),
      versionOfImage("web"),
    ]).to.deep.equal(["v2", "sha256:0123456789ab", "latest"]);
  });
});
