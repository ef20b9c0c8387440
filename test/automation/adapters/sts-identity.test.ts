import { expect } from "chai";
import { chosenProfile, identityError } from "../../../automation/adapters/sts-identity";

describe("chosenProfile", () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, string | undefined])[] = [
    ["the stack file's when the environment says nothing", {}, "internal"],
    ["the environment's own before it", { AWS_PROFILE: "mine" }, "mine"],
    ["none when there are keys", { AWS_ACCESS_KEY_ID: "AKIA", AWS_PROFILE: "mine" }, undefined],
    ["none in a workflow with a web identity", { AWS_WEB_IDENTITY_TOKEN_FILE: "/t" }, undefined],
    ["none in a container with a role", { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/v2" }, undefined],
    ["the stack file's when the others are empty", { AWS_PROFILE: "", AWS_ACCESS_KEY_ID: "" }, "internal"],
  ];

  for (const [what, env, expected] of cases) {
    it(`is ${what}`, () => {
      expect(chosenProfile({ env, profile: "internal" })).to.equal(expected);
    });
  }
});

describe("identityError", () => {
  const named = (name: string, message: string, more = {}): Error =>
    Object.assign(new Error(message), { name, ...more });
  const ends: Readonly<Record<string, Error>> = {
    "no-credentials": named("CredentialsProviderError", "Could not load credentials from any providers"),
    "endpoint-unreachable": named("Error", "connect ECONNREFUSED 127.0.0.1:9", { code: "ECONNREFUSED" }),
    "credentials-refused": named("ExpiredToken", "The security token included in the request is expired"),
  };

  for (const [code, error] of Object.entries(ends)) {
    it(`tells ${code}`, () => {
      const told = identityError(error);
      expect([told.code, told.exitCode, told.message.endsWith(error.message)]).to.deep.equal([code, 1, true]);
    });
  }
});
