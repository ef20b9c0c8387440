import { expect } from "chai";
import { check } from "../../../sandbox/plugin/lifecycle/check";
import { noConfig } from "../../../sandbox/plugin/provider-config";
import { NotRealised } from "../../../sandbox/plugin/provider-package";
import { FakeCloud, fakeSession, secretOf, unknownText, urnOf } from "./fake-session";

const cluster = {
  urn: urnOf("aws:ecs/cluster:Cluster", "main"),
  olds: undefined,
  seed: new Uint8Array([1]),
  rule: undefined,
};
const role = { ...cluster, urn: urnOf("aws:iam/role:Role", "task") };
const session = fakeSession(new FakeCloud(), { config: { ...noConfig, defaultTags: { Project: "p", Owner: "all" } } });

describe("check", () => {
  it("names, fills in defaults and adds the provider's tags under the resource's own", async () => {
    const { inputs, failures } = await check(session, {
      ...role,
      olds: { name: "task-abcdef0", __defaults: ["name"] },
      news: { assumeRolePolicy: "{}", tags: { Owner: "me" } },
    });

    expect(failures).to.deep.equal([]);
    expect(inputs).to.deep.equal({
      assumeRolePolicy: "{}",
      name: "task-abcdef0",
      __defaults: ["name"],
      forceDetachPolicies: false,
      maxSessionDuration: 3600,
      path: "/",
      tags: { Owner: "me" },
      tagsAll: { Project: "p", Owner: "me" },
    });
  });

  it("gives the same answer to its own answer, so that nothing changes by being checked again", async () => {
    const news = { assumeRolePolicy: "{}" };
    const first = await check(session, { ...role, news });
    const second = await check(session, { ...role, seed: new Uint8Array([2]), olds: first.inputs, news });

    expect(second).to.deep.equal(first);
  });

  it("keeps secrets and unknown values where they were", async () => {
    const { inputs } = await check(session, {
      ...cluster,
      urn: urnOf("aws:secretsmanager/secretVersion:SecretVersion", "v"),
      news: { secretId: unknownText, secretString: secretOf("hush") },
    });

    expect(inputs).to.deep.equal({ secretId: unknownText, secretString: secretOf("hush") });
  });

  it("writes a document that was given as an object, secret where a part of it was", async () => {
    const { inputs } = await check(session, {
      ...role,
      news: { name: "r", assumeRolePolicy: { Statement: [{ Sid: secretOf("s") }] } },
    });

    expect(inputs["assumeRolePolicy"]).to.deep.equal(secretOf('{"Statement":[{"Sid":"s"}]}'));
  });

  it("tells what is refused, and does not stop at the first", async () => {
    const { failures } = await check(session, { ...cluster, news: { name: "a b", serviceConnectDefaults: {} } });

    expect(failures).to.deep.equal([
      {
        property: "serviceConnectDefaults.namespace",
        reason:
          'Missing required argument. The argument "serviceConnectDefaults.namespace" is required, but no definition was found.',
      },
      { property: "name", reason: 'invalid value for name (must match ^[0-9A-Za-z_-]+$), got "a b"' },
    ]);
  });

  it("names the table for a type that nobody makes", async () => {
    const lacking = fakeSession(new FakeCloud(), { missing: ["aws:ecs/cluster:Cluster"] });
    const error = await check(lacking, { ...cluster, news: {} }).catch((thrown: unknown) => thrown);

    expect(error).to.be.instanceOf(NotRealised);
    expect((error as Error).message).to.equal(
      "The sandbox does not realise resource type aws:ecs/cluster:Cluster yet: add it to the table",
    );
  });
});
