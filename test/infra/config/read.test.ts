import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { readConfig } from "../../../infra/config/read";
import { recordResources, valueOf } from "../../_helpers/pulumi-mocks";
import { examplePassword, stackFileConfig } from "../../_helpers/stack-file";

/** Reads the staging stack file with some keys changed; an undefined value takes a key out. */
async function read(changes: Readonly<Record<string, string | undefined>> = {}) {
  const config = Object.entries({ ...stackFileConfig("staging"), ...changes }).filter(
    ([, value]) => value !== undefined,
  );
  await recordResources({ config: Object.fromEntries(config) as Record<string, string> });
  return readConfig();
}

async function refusalOf(changes: Readonly<Record<string, string | undefined>>): Promise<string> {
  try {
    await read(changes);
  } catch (error) {
    expect(error).to.be.instanceOf(pulumi.RunError);
    return (error as Error).message;
  }
  throw new Error("It was not refused.");
}

describe("readConfig", () => {
  it("reads structured keys, fills in defaults, and keeps the password secret", async () => {
    const { config, region, databasePassword } = await read();

    expect([config.system, config.loadBalancer?.idleTimeoutSeconds, region]).to.deep.equal([
      "axonflow",
      60,
      "eu-central-1",
    ]);
    if (databasePassword === undefined) throw new Error("no password");
    expect(await pulumi.isSecret(databasePassword)).to.equal(true);
    expect(await valueOf(databasePassword)).to.equal(examplePassword);
  });

  it("takes no notice of other namespaces", async () => {
    expect((await read({ "other:system": "{" })).config.system).to.equal("axonflow");
  });

  it("has no password when it is to be generated", async () => {
    const database = JSON.stringify({ instanceClass: "db.t3.micro", name: "shop", username: "shop" });

    expect((await read({ "slipway:database": database })).databasePassword).to.equal(undefined);
  });

  it("says everything that is wrong at once: unknown key, wrong type, missing region", async () => {
    const refusal = await refusalOf({
      "slipway:sevices": "{}",
      "slipway:logs": '{"retentionDays":29}',
      "aws:region": undefined,
    });

    for (const path of ["slipway:sevices", "slipway:logs.retentionDays", "aws:region"])
      expect(refusal).to.contain(path);
  });

  it("reports broken JSON at its key", async () => {
    expect(await refusalOf({ "slipway:network": "{mode: create" })).to.contain("slipway:network");
  });

  it("refuses a region that is none", async () => {
    expect(await refusalOf({ "aws:region": "frankfurt" })).to.match(/aws:region\n\s+found\s+text "frankfurt"/);
  });

  it("wants the password that the configuration says is supplied", async () => {
    expect(await refusalOf({ "slipway:databasePassword": undefined })).to.match(
      /slipway:databasePassword\n\s+found\s+nothing[\s\S]+pulumi config set --secret slipway:databasePassword/,
    );
  });

  it("says what a weak password lacks, and nothing about the password", async () => {
    const refusal = await refusalOf({ "slipway:databasePassword": "hunter2/hunter2" });

    expect(refusal).to.contain("at least 16 characters, an upper case letter");
    expect(refusal).to.not.contain("hunter2");
  });
});
