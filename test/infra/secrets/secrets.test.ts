import { expect } from "chai";
import { makeNames } from "../../../infra/naming";
import { Secrets } from "../../../infra/secrets/secrets";
import { recordResources, settled, valueOf } from "../../_helpers/pulumi-mocks";
import { stackConfig } from "../../_helpers/stack-config";

function make(secrets: Readonly<Record<string, unknown>>): Secrets {
  const config = stackConfig({ secrets });
  return new Secrets("secrets", { names: makeNames(config, "shop-staging"), config: config.secrets });
}

describe("Secrets", () => {
  it("makes placeholders that no later run writes to again", async () => {
    const resources = await recordResources();

    make({ license: {}, llm: { keys: ["openai_api_key", "anthropic_api_key"], recoveryDays: 0 } });
    await settled();

    const made = resources.filter(({ custom }) => custom);
    const arn = (name: string) => `arn:aws:secretsmanager:eu-central-1:686831565523:secret:shop-staging/${name}-AbCdEf`;
    const secret = { type: "aws:secretsmanager/secret:Secret", secrets: [], options: {} };
    const version = {
      type: "aws:secretsmanager/secretVersion:SecretVersion",
      secrets: ["secretString"],
      options: { ignoreChanges: ["secretString"] },
    };
    const common = { custom: true, parent: "secrets", provider: undefined };
    expect(made).to.have.deep.members([
      {
        ...common,
        ...secret,
        name: "secrets-license",
        inputs: {
          name: "shop-staging/license",
          description: "Filled by an operator: license",
          recoveryWindowInDays: 7,
        },
      },
      {
        ...common,
        ...version,
        name: "secrets-license-placeholder",
        inputs: { secretId: arn("license"), secretString: "replace-me" },
      },
      {
        ...common,
        ...secret,
        name: "secrets-llm",
        inputs: { name: "shop-staging/llm", description: "Filled by an operator: llm", recoveryWindowInDays: 0 },
      },
      {
        ...common,
        ...version,
        name: "secrets-llm-placeholder",
        inputs: { secretId: arn("llm"), secretString: '{"openai_api_key":"","anthropic_api_key":""}' },
      },
    ]);
  });

  it("hands on the ARNs by key, and makes nothing for nothing", async () => {
    const resources = await recordResources();
    const { license } = make({ license: {} }).arns;
    expect(license && (await valueOf(license))).to.equal(
      "arn:aws:secretsmanager:eu-central-1:686831565523:secret:shop-staging/license-AbCdEf",
    );
    await settled();

    const before = resources.length;
    expect(new Secrets("none", { names: makeNames(stackConfig(), "s"), config: {} }).arns).to.deep.equal({});
    await settled();
    expect(resources.slice(before).map(({ name }) => name)).to.deep.equal(["none"]);
  });
});
