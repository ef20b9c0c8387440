import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { masterPassword } from "../../../infra/database/credentials";
import { recordResources, settled, valueOf } from "../../_helpers/pulumi-mocks";

const parent = (): pulumi.Resource => new pulumi.ComponentResource("slipway:test:Parent", "parent");

describe("masterPassword", () => {
  it("generates one that fits the policy and needs no encoding in a URL", async () => {
    const resources = await recordResources();

    const password = masterPassword("database", { source: "generated", supplied: undefined }, parent());
    await settled();

    const made = resources
      .filter(({ custom }) => custom)
      .map(({ type, name, inputs, parent: p }) => [type, name, inputs, p]);
    expect(made).to.deep.equal([
      [
        "random:index/randomPassword:RandomPassword",
        "database-password",
        { length: 32, minUpper: 1, minLower: 1, minNumeric: 1, minSpecial: 1, overrideSpecial: "-._~" },
        "parent",
      ],
    ]);
    expect(await pulumi.isSecret(password)).to.equal(true);
  });

  it("hands on a supplied one as a secret, and generates nothing", async () => {
    const resources = await recordResources();

    const supplied = pulumi.output("MySecure!Prod#DB2025");
    const password = masterPassword("database", { source: "supplied", supplied }, parent());
    await settled();

    expect(await valueOf(password)).to.equal("MySecure!Prod#DB2025");
    expect(await pulumi.isSecret(password)).to.equal(true);
    expect(resources.filter(({ custom }) => custom)).to.deep.equal([]);
  });

  it("names every rule that a supplied one breaks, and not the password", async () => {
    await recordResources();

    const password = masterPassword(
      "database",
      { source: "supplied", supplied: pulumi.secret("hunter two") },
      parent(),
    );
    const outcome = await valueOf(password).catch((error: unknown) => error);

    expect(outcome).to.be.instanceOf(pulumi.RunError);
    expect((outcome as Error).message).to.equal(
      "slipway:databasePassword does not meet the policy; it needs: at least 16 characters, an upper case letter, " +
        'a digit, no /, @, " or space. Set another one with `pulumi config set --secret slipway:databasePassword`.',
    );
  });

  it("says how to supply one when there is none", async () => {
    await recordResources();
    expect(() => masterPassword("database", { source: "supplied", supplied: undefined }, parent())).to.throw(
      pulumi.RunError,
      "pulumi config set --secret slipway:databasePassword",
    );
  });
});
