import { expect } from "chai";
import { calling, cloudError } from "../../../automation/adapters/cloud-errors";
import { CloudError } from "../../../automation/model/cloud-error";

/** What the SDK throws for an answer of AWS. */
const told = (name: string, status = 400, message = "said"): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });

const socket = (code: string): Error => Object.assign(new Error(`connect ${code} 10.0.0.1:443`), { code });

describe("an error of AWS", () => {
  const kinds = {
    transient: [
      told("ThrottlingException"),
      told("Throttling"),
      told("ThrottledException"),
      told("RequestThrottledException"),
      told("TooManyRequestsException", 429),
      told("RequestLimitExceeded", 503),
      told("ServiceUnavailable", 503),
      told("ServiceUnavailableException", 503),
      told("InternalFailure", 500),
      told("InternalServiceError", 500),
      told("InternalServerError", 500),
      told("ServerException", 500),
      told("SomethingNew", 502),
      told("RequestTimeout"),
      told("TimeoutError", 0),
      socket("ECONNRESET"),
      socket("ETIMEDOUT"),
      socket("ECONNREFUSED"),
      socket("EAI_AGAIN"),
      socket("ENOTFOUND"),
    ],
    denied: [
      told("AccessDeniedException"),
      told("AccessDenied", 403),
      told("UnauthorizedOperation", 403),
      told("ExpiredToken", 403),
      told("ExpiredTokenException"),
      told("UnrecognizedClientException"),
      told("InvalidClientTokenId", 403),
      told("SignatureDoesNotMatch", 403),
      told("CredentialsProviderError"),
    ],
    missing: [
      told("ServiceNotFoundException"),
      told("ClusterNotFoundException"),
      told("TargetGroupNotFound"),
      told("TargetGroupNotFoundException"),
      told("RuleNotFound"),
      told("ResourceNotFoundException"),
      told("RepositoryNotFoundException"),
    ],
    refused: [
      told("InvalidParameterException"),
      told("ServiceNotActiveException"),
      told("ClientException"),
      told("ValidationError"),
      told("TooManyTargets"),
      new Error("no code at all"),
      "not even an error",
      undefined,
    ],
  };

  for (const [kind, errors] of Object.entries(kinds)) {
    for (const error of errors) {
      const { code } = cloudError("ecs:DescribeServices", error);
      it(`is ${kind} with ${code}`, () => {
        expect(cloudError("ecs:DescribeServices", error).kind).to.equal(kind);
      });
    }
  }

  it("says which call, what AWS said and its code, and keeps what was thrown", () => {
    const cause = told("ThrottlingException", 400, "Rate exceeded");

    const error = cloudError("ecs:UpdateService", cause);

    expect({ ...error, message: error.message, cause: error.cause }).to.deep.equal({
      kind: "transient",
      operation: "ecs:UpdateService",
      code: "ThrottlingException",
      name: "CloudError",
      message: "ecs:UpdateService failed: Rate exceeded (ThrottlingException)",
      cause,
    });
  });

  it("names the code of a socket that says nothing else", () => {
    const error = Object.assign(new AggregateError([], ""), { name: "Error", code: "ECONNREFUSED" });

    expect(cloudError("ecs:ListTasks", error).message).to.equal("ecs:ListTasks failed: ECONNREFUSED");
  });

  it("stays what it is when it comes through a second time", async () => {
    const first = new CloudError("missing", "ecs:DescribeServices", "ClusterNotFoundException", "gone");

    const caught = await calling("other:Call", () => Promise.reject(first)).catch((error: unknown) => error);

    expect(caught).to.equal(first);
  });
});
