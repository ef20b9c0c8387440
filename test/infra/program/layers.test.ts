import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { Layer } from "../../../infra/layers";
import { program } from "../../../infra/program";
import { recordResources, settled, valueOf } from "../../_helpers/pulumi-mocks";
import { stackFileConfig } from "../../_helpers/stack-file";

const told = { stackName: "axonflow-staging-20251119", AgentEndpoint: "https://old" };

/** Layers that have components, and the outputs, of a run that ends with a layer. */
async function build(layer: Layer) {
  const resources = await recordResources({
    config: stackFileConfig("staging"),
    calls: { "pulumi:pulumi:readStackOutputs": { name: "", outputs: told, secretOutputNames: [] } },
  });
  const outputs = await valueOf(pulumi.output(await program({ startedAt: "20251119-143022", layer })));
  await settled();
  const words = resources.flatMap(({ type }) => /^slipway:([a-z]+):/.exec(type)?.[1] ?? []);
  return { declared: [...new Set(words)].sort(), outputs };
}

describe("program, up to a layer", function () {
  this.timeout(30_000);

  it("declares what the layer stands on and nothing that stands on it", async () => {
    expect((await build("network")).declared).to.deep.equal(["network"]);
    expect((await build("database")).declared).to.deep.equal(["database", "network"]);
    expect((await build("services")).declared).to.deep.equal(["database", "network", "services"]);
    expect((await build("alarms")).declared).to.deep.equal(["alarms", "database", "network", "services"]);
  });

  it("keeps what the stack says of the rest", async () => {
    expect((await build("database")).outputs).to.deep.equal(told);
    expect((await build("services")).outputs["AgentEndpoint"]).to.match(/^https:.*elb/);
  });
});
