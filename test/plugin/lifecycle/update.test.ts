import { expect } from "chai";
import { update } from "../../../sandbox/plugin/lifecycle/update";
import { FakeCloud, fakeSession, secretOf, unknownText, urnOf } from "./fake-session";

const inputs = {
  instanceClass: "small",
  engine: "postgres",
  identifier: "db",
  allocatedStorage: 20,
  username: "u",
  password: secretOf("hush"),
};
const state = {
  ...inputs,
  id: "db-1",
  arn: "arn:aws:db",
  endpoint: "db.local:5432",
  maintenanceWindow: "mon:01:00-mon:02:00",
};
const request = { id: "db-1", urn: urnOf("aws:rds/instance:Instance", "db"), olds: state, oldInputs: inputs };

describe("update", () => {
  it("keeps the outputs in a preview that the change leaves alone, so that nothing else seems to change", async () => {
    const news = { ...inputs, instanceClass: "large" };

    expect(await update(fakeSession(new FakeCloud()), { ...request, news, preview: true })).to.deep.equal({
      ...state,
      instanceClass: "large",
    });
  });

  it("promises no output that the change moves", async () => {
    const properties = await update(fakeSession(new FakeCloud()), {
      ...request,
      news: { ...inputs, identifier: "other" },
      preview: true,
    });

    expect(properties).to.include({ identifier: "other", endpoint: unknownText, arn: "arn:aws:db" });
  });

  it("drops what is no longer given, except where AWS keeps its own value", async () => {
    const oldInputs = { ...inputs, copyTagsToSnapshot: true, maintenanceWindow: "mon:01:00-mon:02:00" };
    const olds = { ...state, copyTagsToSnapshot: true };
    const properties = await update(fakeSession(new FakeCloud()), {
      ...request,
      olds,
      oldInputs,
      news: inputs,
      preview: true,
    });

    expect(properties).to.deep.equal(state);
  });

  it("gives the new inputs to the cloud, and a secret back to the state", async () => {
    const cloud = new FakeCloud();
    const properties = await update(fakeSession(cloud), {
      ...request,
      news: { ...inputs, password: secretOf("new") },
      preview: false,
    });

    expect(cloud.resources.get("db-1")).to.include({ password: "new" });
    expect(properties["password"]).to.deep.equal(secretOf("new"));
  });
});
