import { expect } from "chai";
import { accessKeyFor, accountOf, credentialOf } from "../../../sandbox/front/credential";

describe("credentialOf", () => {
  it("reads access key, region and service from the header of a signed request", () => {
    const authorization =
      "AWS4-HMAC-SHA256 Credential=SANDBOX123456789012/20260102/eu-central-1/elasticloadbalancing/aws4_request, SignedHeaders=host, Signature=ab12";

    expect(credentialOf({ headers: { authorization }, url: "/" })).to.deep.equal({
      accessKeyId: "SANDBOX123456789012",
      region: "eu-central-1",
      service: "elasticloadbalancing",
    });
  });

  it("reads them from the address of a presigned request", () => {
    const url =
      "/bucket/key?X-Amz-Credential=SANDBOX123456789012%2F20260102%2Fus-east-1%2FS3%2Faws4_request&X-Amz-Expires=60";

    expect(credentialOf({ headers: {}, url })).to.deep.equal({
      accessKeyId: "SANDBOX123456789012",
      region: "us-east-1",
      service: "s3",
    });
  });

  for (const [what, authorization] of Object.entries({
    "no signature": undefined,
    "another scheme": "Bearer abc",
    "a scope without a service": "AWS4-HMAC-SHA256 Credential=KEY/20260102/eu-central-1/aws4_request, Signature=x",
    "an empty scope": "AWS4-HMAC-SHA256 Credential=, Signature=x",
  })) {
    it(`finds nothing in a request with ${what}`, () => {
      expect(credentialOf({ headers: authorization === undefined ? {} : { authorization }, url: "/" })).to.equal(
        undefined,
      );
    });
  }
});

describe("accountOf", () => {
  it("gives back the account that a key was made for", () => {
    expect(accountOf(accessKeyFor("686831565523"))).to.equal("686831565523");
  });

  it("knows no account for a real key, for a short one and for one with something behind", () => {
    expect(["AKIAIOSFODNN7EXAMPLE", "SANDBOX123", "SANDBOX1234567890123"].map(accountOf)).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
