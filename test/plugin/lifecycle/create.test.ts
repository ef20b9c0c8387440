import { expect } from "chai";
import { create, HalfMade } from "../../../sandbox/plugin/lifecycle/create";
import { FakeCloud, fakeSession, secretOf, unknownText, urnOf } from "./fake-session";

const database = {
  instanceClass: "c",
  engine: "postgres",
  allocatedStorage: 20,
  username: "u",
  password: secretOf("hush"),
  __defaults: [],
};
const urn = urnOf("aws:rds/instance:Instance", "db");

describe("create", () => {
  it("promises in a preview only what the inputs say, and makes nothing", async () => {
    const cloud = new FakeCloud();
    const vpc = {
      urn: urnOf("aws:ec2/internetGateway:InternetGateway", "g"),
      properties: { vpcId: "vpc-1" },
      preview: true,
    };

    expect(await create(fakeSession(cloud), vpc)).to.deep.equal({
      id: "",
      properties: { vpcId: "vpc-1", arn: unknownText, ownerId: unknownText, region: unknownText },
    });
    expect(cloud.resources.size).to.equal(0);
  });

  it("gives the secret in plain to the cloud and as a secret to the state", async () => {
    const cloud = new FakeCloud();
    const { id, properties } = await create(fakeSession(cloud), { urn, properties: database, preview: false });

    expect(cloud.resources.get(id)).to.include({ password: "hush" }).and.not.to.have.property("__defaults");
    expect(properties).to.include({ arn: "arn:aws:res-1", engine: "postgres" });
    expect(properties["password"]).to.deep.equal(secretOf("hush"));
  });

  it("keeps secret what is one by nature, even when the program gave it in plain", async () => {
    const { properties } = await create(fakeSession(new FakeCloud()), {
      urn,
      properties: { ...database, password: "plain" },
      preview: false,
    });

    expect(properties["password"]).to.deep.equal(secretOf("plain"));
  });

  it("refuses what AWS would refuse, before it is asked", async () => {
    const cloud = new FakeCloud();
    const error = await create(fakeSession(cloud), { urn, properties: { instanceClass: "c" }, preview: false }).catch(
      (thrown: unknown) => thrown,
    );

    expect((error as Error).message).to.contain('ValidationError: "engine" is required when no replicateSourceDb');
    expect(cloud.resources.size).to.equal(0);
  });

  it("tells a resource that came into being although its creation failed", async () => {
    const cloud = new FakeCloud();
    cloud.failAfterCreation = new Error("no tags today");
    const error = await create(fakeSession(cloud), { urn, properties: database, preview: false }).catch(
      (thrown: unknown) => thrown,
    );

    expect(error).to.be.instanceOf(HalfMade);
    const { id, message, properties, inputs } = error as HalfMade;
    expect({ id, message, password: properties["password"], inputs }).to.deep.equal({
      id: "res-1",
      message: "no tags today",
      password: secretOf("hush"),
      inputs: database,
    });
  });

  it("stops waiting when the engine is interrupted, but only once the resource has an id", async () => {
    const session = (cloud: FakeCloud) => fakeSession(cloud, { isCancelled: () => true });
    const [early, late] = [new FakeCloud(), new FakeCloud()];
    early.waitsFor = "id";
    late.waitsFor = "readiness";
    const made = { urn, properties: database, preview: false };

    const [timeout, halfMade] = await Promise.all(
      [early, late].map((cloud) => create(session(cloud), made).catch((thrown: unknown) => thrown as Error)),
    );

    expect((timeout as Error).message).to.equal("timeout while waiting for an id (0 s)");
    expect(halfMade).to.be.instanceOf(HalfMade);
    expect((halfMade as Error).message).to.equal("interrupted while waiting for readiness");
  });
});
