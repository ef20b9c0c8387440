import { expect } from "chai";
import { followsMinorVersions, parameterFamily, parametersOf } from "../../../infra/database/engine";

describe("a PostgreSQL version", () => {
  it("has one parameter group family for all its minor versions", () => {
    expect(["15", "15.8", "16.1"].map(parameterFamily)).to.deep.equal(["postgres15", "postgres15", "postgres16"]);
  });

  it("follows minor versions only when it names none", () => {
    expect(["15", "15.8"].map(followsMinorVersions)).to.deep.equal([true, false]);
  });
});

describe("parametersOf", () => {
  it("refuses connections without TLS unless the configuration says otherwise", () => {
    const forced = { name: "rds.force_ssl", value: "1", applyMethod: "immediate" };
    expect(parametersOf({})).to.deep.equal([forced]);
    expect(parametersOf({ "rds.force_ssl": false })).to.deep.equal([{ ...forced, value: "0" }]);
  });

  it("orders by name, writes values as RDS does, and leaves what needs a restart to the next one", () => {
    expect(
      parametersOf({ work_mem: 8192, max_connections: 200, log_connections: true, timezone: "UTC" }),
    ).to.deep.equal([
      { name: "log_connections", value: "1", applyMethod: "immediate" },
      { name: "max_connections", value: "200", applyMethod: "pending-reboot" },
      { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
      { name: "timezone", value: "UTC", applyMethod: "immediate" },
      { name: "work_mem", value: "8192", applyMethod: "immediate" },
    ]);
  });
});
