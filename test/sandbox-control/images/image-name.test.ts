import { expect } from "chai";
import { SlipwayError } from "../../../automation/model/errors";
import { imageName } from "../../../sandbox/images/image-name";

describe("the name of an image", () => {
  it("is a repository and a tag, which is latest when it is left out", () => {
    expect([imageName("team/app:b1"), imageName("app")]).to.deep.equal([
      { scope: undefined, repository: "team/app", tag: "b1" },
      { scope: undefined, repository: "app", tag: "latest" },
    ]);
  });

  it("has account and region when it is typed with its registry", () => {
    expect(imageName("686831565523.dkr.ecr.eu-central-1.amazonaws.com/team/app:v1.2")).to.deep.equal({
      scope: { account: "686831565523", region: "eu-central-1" },
      repository: "team/app",
      tag: "v1.2",
    });
  });

  for (const text of ["", "App:b1", "app:", "app:b1:b2", "app:b1@sha256:00", "a//b", "app :b1"]) {
    it(`is refused when it is none: "${text}"`, () => {
      expect(() => imageName(text)).to.throw(SlipwayError, `"${text}" is no image of ECR.`);
    });
  }
});
