import { expect } from "chai";
import { describeError, operationKey } from "../../sandbox/plugin/aws-error";
import { connectionFrom, handlerContext } from "../../sandbox/plugin/context";
import type { ClientOptions } from "../../sandbox/plugin/handler";

const env = {
  AWS_ACCESS_KEY_ID: "SANDBOX111122223333",
  AWS_SECRET_ACCESS_KEY: "x",
  AWS_REGION: "eu-central-1",
  AWS_ENDPOINT_URL: "http://h",
};

describe("connectionFrom", () => {
  it("reads the account out of the access key, and prefers the configured region", () => {
    expect(connectionFrom(env, "us-east-1")).to.deep.equal({
      account: "111122223333",
      region: "us-east-1",
      endpoint: "http://h",
      credentials: { accessKeyId: "SANDBOX111122223333", secretAccessKey: "x" },
    });
    expect(connectionFrom(env, undefined).region).to.equal("eu-central-1");
  });

  it("says what to set when no region is told", () => {
    expect(() => connectionFrom({}, undefined)).to.throw(
      "unable to determine an AWS region: set aws:region or AWS_REGION",
    );
  });
});

describe("handlerContext", () => {
  class FakeClient {
    constructor(readonly options: ClientOptions) {}
  }
  const context = handlerContext(connectionFrom(env, undefined));

  it("makes each client once, with the endpoint and the credentials", () => {
    const client = context.client(FakeClient);

    expect(context.client(FakeClient)).to.equal(client);
    expect(client.options).to.deep.include({ region: "eu-central-1", endpoint: "http://h" });
  });

  it("waits until something is ready, and not for ever", async () => {
    let looks = 0;
    const ready = async (): Promise<string | undefined> => (++looks === 2 ? "here" : undefined);

    expect(await context.until(ready, 1, "it")).to.equal("here");
    const error = await context.until(async () => undefined, 0, "the moon").catch((thrown: unknown) => thrown);
    expect((error as Error).message).to.equal("timeout while waiting for the moon (0 s)");
  });
});

describe("describeError", () => {
  it("keeps operation, code and message of AWS, and the way to it", () => {
    const aws = Object.assign(new Error("no such vpc"), {
      name: "InvalidVpcID.NotFound",
      [operationKey]: "DescribeVpcs",
    });
    const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), {
      code: "ECONNREFUSED",
      [operationKey]: "DescribeVpcs",
    });

    expect(describeError(aws)).to.equal("DescribeVpcs: InvalidVpcID.NotFound: no such vpc");
    expect(describeError(refused)).to.equal("DescribeVpcs: ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:1");
    expect(describeError(new Error("plain"))).to.equal("plain");
    expect(describeError("text")).to.equal("text");
  });
});
