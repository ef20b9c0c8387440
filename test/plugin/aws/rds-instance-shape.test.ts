import { expect } from "chai";
import { fromInstance } from "../../../sandbox/plugin/aws/handlers/rds-instance-shape";

describe("fromInstance", () => {
  it("takes a running patch version for the major one that was asked for", () => {
    const told = fromInstance({ EngineVersion: "15.7" }, { engineVersion: "15" });

    expect([told["engineVersion"], told["engineVersionActual"]]).to.deep.equal(["15", "15.7"]);
  });

  it("shows another major version", () => {
    expect(fromInstance({ EngineVersion: "16.1" }, { engineVersion: "15" })["engineVersion"]).to.equal("16.1");
  });

  it("takes storage that grew by itself for no change, and storage that somebody raised for one", () => {
    const grown = { AllocatedStorage: 40 };

    expect(fromInstance(grown, { allocatedStorage: 20, maxAllocatedStorage: 100 })["allocatedStorage"]).to.equal(20);
    expect(fromInstance(grown, { allocatedStorage: 20 })["allocatedStorage"]).to.equal(40);
  });

  it("shows what waits for the maintenance window as done, so that it is not asked for again", () => {
    const told = fromInstance(
      { DBInstanceClass: "db.t3.medium", PendingModifiedValues: { DBInstanceClass: "db.m5.large" } },
      {},
    );

    expect(told["instanceClass"]).to.equal("db.m5.large");
  });
});
