import { expect } from "chai";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import { tagOfDigest } from "../../../sandbox/tasks/checks/tag-of-digest";

const repository = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/web";
const digest = `sha256:${"a".repeat(64)}`;

/** A registry with one answer, and what it was asked. */
function registry(answer: object | Error) {
  const asked: unknown[] = [];
  return {
    asked,
    async call(...parts: readonly unknown[]) {
      asked.push(parts);
      if (answer instanceof Error) throw answer;
      return answer as Readonly<Record<string, unknown>>;
    },
  };
}

describe("the tag of an image that is named by its digest", () => {
  it("is what its registry says, in whichever account that is", async () => {
    const moto = registry({ images: [{ imageId: { imageDigest: digest, imageTag: "v2" } }] });

    expect(await tagOfDigest(moto, `${repository}@${digest}`)).to.equal("v2");
    expect(moto.asked).to.deep.equal([
      [
        { account: "111122223333", region: "eu-west-1" },
        "ecr",
        "AmazonEC2ContainerRegistry_V20150921.BatchGetImage",
        { registryId: "111122223333", repositoryName: "team/web", imageIds: [{ imageDigest: digest }] },
      ],
    ]);
  });

  for (const [what, answer] of Object.entries({
    "an image without a tag": { images: [{ imageId: { imageDigest: digest, imageTag: null } }] },
    "an image that is gone": { images: [], failures: [{}] },
    "a repository that is gone": new AwsFault("RepositoryNotFoundException", "gone"),
  })) {
    it(`is unknown of ${what}`, async () => {
      expect(await tagOfDigest(registry(answer), `${repository}@${digest}`)).to.equal(undefined);
    });
  }

  it("is not asked for where the image says it, or is of another registry", async () => {
    const moto = registry({ images: [{ imageId: { imageTag: "v2" } }] });

    for (const image of [`${repository}:v1`, `${repository}:v1@${digest}`, `docker.io/web@${digest}`])
      expect(await tagOfDigest(moto, image)).to.equal(undefined);
    expect(moto.asked).to.deep.equal([]);
  });
});
