import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parseYaml } from "../../../automation/adapters/parse-yaml";
import type { SlipwayError } from "../../../automation/model/errors";
import { readStackFile } from "../../../automation/stack/stack-file";

const text = readFileSync("Pulumi.staging.yaml", "utf8");

/** Reads the checked-in staging file with a part of its text replaced. */
const reading = (from: string | RegExp, to: string): unknown => {
  try {
    return readStackFile(
      "Pulumi.staging.yaml",
      parseYaml({ path: "Pulumi.staging.yaml", text: text.replace(from, to) }),
    );
  } catch (error) {
    return error;
  }
};

describe("readStackFile", () => {
  for (const stack of ["staging", "production"]) {
    it(`finds nothing wrong with the checked-in ${stack} file`, () => {
      const path = `Pulumi.${stack}.yaml`;
      const file = readStackFile(path, parseYaml({ path, text: readFileSync(path, "utf8") }));
      expect([file.region, file.config.environment]).to.deep.equal(["eu-central-1", stack]);
    });
  }

  for (const { what, from, to, fault } of [
    { what: "no region", from: /aws:region.*/, to: "", fault: ["aws:region", "nothing"] },
    {
      what: "a region that is none",
      from: "eu-central-1\n",
      to: "Frankfurt\n",
      fault: ["aws:region", 'text "Frankfurt"'],
    },
    { what: "a missing account id", from: /    id: .*\n/, to: "", fault: ["slipway:account.id", "nothing"] },
    {
      what: "one zone with a load balancer",
      from: "zones: 2",
      to: "zones: 1",
      fault: ["slipway:network.zones", "number 1"],
    },
    {
      what: "a password in the clear",
      from: "slipway:system:",
      to: "slipway:databasePassword: hunter2hunter2\n  slipway:system:",
      fault: ["slipway:databasePassword", "a value that is not encrypted (not shown)"],
    },
  ]) {
    it(`refuses ${what} with exit code 2`, () => {
      const error = reading(from, to) as SlipwayError;
      const faults = error.data["faults"] as readonly { path: string; found: string }[];
      expect([error.code, error.exitCode, ...faults.map(({ path, found }) => [path, found])]).to.deep.equal([
        "config-invalid",
        2,
        fault,
      ]);
    });
  }

  it("says where YAML is broken", () => {
    const error = reading("  slipway:system: axonflow", "  slipway:system: [axonflow") as SlipwayError;
    expect([error.code, error.exitCode]).to.deep.equal(["config-unreadable", 2]);
    expect(error.message).to.match(/^Pulumi\.staging\.yaml:\d+:\d+: /);
  });

  it("takes an encrypted password", () => {
    expect(reading("slipway:system:", "slipway:databasePassword: { secure: abc }\n  slipway:system:")).to.have.property(
      "region",
      "eu-central-1",
    );
  });
});
