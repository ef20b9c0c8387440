import { expect } from "chai";
import { checkConfig } from "../../../infra/config/check";
import { faultsOf, rawConfig } from "../../_helpers/raw-config";
import { adopted, reference } from "./crossed-sharing";

const own = { instanceClass: "db.t3.micro", name: "shop", username: "shop" };
const instanceKeys =
  "mode, engineVersion, instanceClass, storageGb, maxStorageGb, storageType, multiAz, backupRetentionDays, backupWindow, maintenanceWindow, deletionProtection, finalSnapshot, protect, applyImmediately, name, username, password, secretRecoveryDays, kmsKeyArn, parameters, performanceInsights";

describe("the mode of a database", () => {
  it("is to create one, with and without the word", () => {
    const databases = [own, { mode: "create", ...own }].map((database) => {
      const checked = checkConfig(rawConfig({ database }));
      return (
        checked.kind === "ok" && checked.config.database?.mode !== "reference" && checked.config.database?.storageGb
      );
    });
    expect(databases).to.deep.equal([20, 20]);
  });

  it("is to use another environment's with nothing but its outputs", () => {
    const checked = checkConfig(rawConfig({ database: reference, network: adopted }));
    expect(checked.kind === "ok" && checked.config.database).to.deep.equal({ ...reference, port: 5432 });
  });

  for (const [what, database, fault] of [
    [
      "a misspelt mode",
      { ...own, mode: "referense" },
      {
        path: "slipway:database.mode",
        found: 'text "referense"',
        allowed: '"create", or "reference"',
        remedy: "Did you mean `reference`?",
      },
    ],
    [
      "a misspelt key of a reference, among the keys of references only",
      { ...reference, ports: 5433 },
      {
        path: "slipway:database.ports",
        found: "an unknown key with a number",
        allowed: "the keys mode, instanceId, host, port, name, secretArn, securityGroupId",
        remedy: "Did you mean `port`?",
      },
    ],
    [
      "a misspelt key without a mode, among the keys of an instance only",
      { ...own, storageGB: 30 },
      {
        path: "slipway:database.storageGB",
        found: "an unknown key with a number",
        allowed: `the keys ${instanceKeys}`,
        remedy: "Did you mean `storageGb`?",
      },
    ],
    [
      "a reference without a group",
      { ...reference, securityGroupId: undefined },
      {
        path: "slipway:database.securityGroupId",
        found: "nothing",
        allowed: "a security group id such as sg-0a1b2c3d4e5f60718",
        remedy: "Add `securityGroupId`.",
      },
    ],
  ] as const) {
    it(`tells of ${what}`, () => {
      expect(faultsOf(rawConfig({ database, network: adopted }))).to.deep.equal([fault]);
    });
  }
});
