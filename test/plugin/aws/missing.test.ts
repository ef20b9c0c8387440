import { expect } from "chai";
import { isMissing, orMissing } from "../../../sandbox/plugin/aws/missing";

const awsError = (name: string, Code?: string): Error => Object.assign(new Error(name), { name }, Code ? { Code } : {});

describe("isMissing", () => {
  it("knows the many ways in which AWS says that something is not there", () => {
    const codes = [
      "InvalidVpcID.NotFound",
      "InvalidGroup.NotFound",
      "NoSuchEntityException",
      "TargetGroupNotFoundException",
    ];

    expect(codes.filter((code) => !isMissing(awsError(code)))).to.deep.equal([]);
  });

  it("reads S3's code where the SDK gives it another name", () => {
    expect(isMissing(awsError("S3ServiceException", "NoSuchBucketPolicy"))).to.equal(true);
  });

  it("takes no other refusal for an absence", () => {
    const codes = ["DependencyViolation", "AccessDenied", "ThrottlingException", "InvalidParameterValue"];

    expect(codes.filter((code) => isMissing(awsError(code)))).to.deep.equal([]);
  });
});

describe("orMissing", () => {
  it("throws what is not an absence as it came", async () => {
    const refusal = awsError("AccessDenied");

    const thrown = await orMissing(Promise.reject(refusal)).catch((error: unknown) => error);

    expect(thrown).to.equal(refusal);
  });
});
