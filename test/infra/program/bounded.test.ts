import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { program } from "../../../infra/program";
import { recordResources, settled, valueOf } from "../../_helpers/pulumi-mocks";
import { stackFileConfig } from "../../_helpers/stack-file";

const told = { stackName: "axonflow-staging-20251119", AgentEndpoint: "https://old" };

/** Names of all resources that a run declares for some of the services, and its outputs. */
async function build(services?: readonly string[]) {
  const resources = await recordResources({
    config: stackFileConfig("staging"),
    calls: { "pulumi:pulumi:readStackOutputs": { name: "", outputs: told, secretOutputNames: [] } },
  });
  const inputs = { startedAt: "20251119-143022", ...(services === undefined ? {} : { services }) };
  const outputs = await valueOf(pulumi.output(await program(inputs)));
  await settled();
  return { resources, outputs };
}

describe("program, for some of the services", function () {
  this.timeout(30_000);

  it("declares everything but the other services and what watches them alone", async () => {
    const [whole, bounded] = [await build(), await build(["agent"])];
    const kept = new Set(bounded.resources.map(({ name }) => name));
    const left = whole.resources.map(({ name }) => name).filter((name) => !kept.has(name));
    const others = /(^|-)(customer-portal|orchestrator)(-|$)|^alarms-database-/;

    expect([...kept].filter((name) => !whole.resources.some((one) => one.name === name))).to.deep.equal([]);
    expect(left.filter((name) => !others.test(name))).to.deep.equal([]);
    expect(left).to.include.members(["orchestrator-service", "alarms-orchestrator-error-rate"]);
    expect([...kept]).to.include.members(["agent-service", "agent-task", "alarms-agent-running-below-desired"]);
  });

  it("declares what it does declare as a whole run does", async () => {
    const [whole, bounded] = [await build(), await build(["agent"])];
    const inputs = new Map(whole.resources.map(({ name, type, inputs: declared }) => [`${type} ${name}`, declared]));

    for (const { name, type, inputs: declared } of bounded.resources)
      expect(declared, name).to.deep.equal(inputs.get(`${type} ${name}`));
  });

  it("gives the releases, and all else as the stack remembers it", async () => {
    const { outputs } = await build(["agent"]);

    expect(Object.keys(outputs).sort()).to.deep.equal(["AgentEndpoint", "releases", "stackName"]);
    expect([outputs["AgentEndpoint"], outputs["stackName"]]).to.deep.equal([told.AgentEndpoint, told.stackName]);
  });
});
