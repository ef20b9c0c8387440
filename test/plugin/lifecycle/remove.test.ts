import { expect } from "chai";
import { remove } from "../../../sandbox/plugin/lifecycle/delete";
import { invoke } from "../../../sandbox/plugin/lifecycle/invoke";
import { FakeCloud, fakeSession, secretOf, urnOf } from "./fake-session";

describe("remove", () => {
  const request = { id: "db-1", urn: urnOf("aws:rds/instance:Instance", "db"), properties: {} };

  it("refuses a database without a name for its last snapshot, and leaves it alone", async () => {
    const cloud = new FakeCloud();
    cloud.resources.set("db-1", {});
    const error = await remove(fakeSession(cloud), { ...request, inputs: { skipFinalSnapshot: false } }).catch(
      (thrown: unknown) => thrown,
    );

    expect((error as Error).message).to.equal('"finalSnapshotIdentifier" is required when skipFinalSnapshot is false');
    expect(cloud.resources.size).to.equal(1);
  });

  it("takes the resource away", async () => {
    const cloud = new FakeCloud();
    cloud.resources.set("db-1", {});
    await remove(fakeSession(cloud), { ...request, inputs: { skipFinalSnapshot: true } });

    expect(cloud.resources.size).to.equal(0);
  });
});

describe("an interrupted removal", () => {
  it("stops waiting, and the resource stays in the state", async () => {
    const cloud = new FakeCloud();
    cloud.waitsFor = "readiness";
    const request = {
      id: "g-1",
      urn: urnOf("aws:ec2/internetGateway:InternetGateway", "g"),
      properties: {},
      inputs: {},
    };
    const error = await remove(fakeSession(cloud, { isCancelled: () => true }), request).catch(
      (thrown: unknown) => thrown,
    );

    expect((error as Error).message).to.equal("interrupted while waiting for the end");
  });
});

describe("invoke", () => {
  it("keeps an answer secret that came from a secret argument", async () => {
    const session = fakeSession(new FakeCloud());

    expect(await invoke(session, { token: "t", args: { a: 1 } })).to.deep.equal({ a: 1, answer: 42 });
    expect(await invoke(session, { token: "t", args: { a: secretOf(1) } })).to.deep.equal({
      a: secretOf(1),
      answer: secretOf(42),
    });
  });
});
