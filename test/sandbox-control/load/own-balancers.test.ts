import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ownBalancers } from "../../../sandbox/load/own-balancers";

describe("the load balancers of a stack", () => {
  const backend = mkdtempSync(join(tmpdir(), "slipway-backend-"));
  const folder = join(backend, ".pulumi", "stacks", "shop");
  mkdirSync(folder, { recursive: true });
  after(() => rmSync(backend, { recursive: true, force: true }));

  const type = "aws:lb/loadBalancer:LoadBalancer";
  const states: Readonly<Record<string, unknown>> = {
    deployed: { checkpoint: { latest: { resources: [{ type, outputs: { name: "web" } }, { type: "pulumi:x" }] } } },
    half: { checkpoint: { latest: { resources: [{ type }, { type, outputs: { name: 7 } }] } } },
    empty: { checkpoint: { latest: {} } },
    strange: [],
  };

  for (const [stack, names] of Object.entries({ deployed: ["web"], half: [], empty: [], strange: [], missing: [] })) {
    it(`are [${names.join(", ")}] by a state that is ${stack}`, async () => {
      if (stack in states) writeFileSync(join(folder, `${stack}.json`), JSON.stringify(states[stack]));

      expect(await ownBalancers(backend, stack)).to.deep.equal(names);
    });
  }

  it("are none while the state is being written", async () => {
    writeFileSync(join(folder, "cut.json"), '{"checkpoint": {');

    expect(await ownBalancers(backend, "cut")).to.deep.equal([]);
  });
});
