import { expect } from "chai";
import { resourceTypes } from "../../../../sandbox/plugin/aws/resource-types";
import type { Handler, Properties } from "../../../../sandbox/plugin/handler";
import type { HandlerRow } from "./row";
import { rows } from "./rows";
import { asServed, present, TestWorld } from "./test-world";

describe("every resource type of the stand-in AWS provider", () => {
  it("has a row here", () => {
    expect(rows.map(({ type }) => type).sort()).to.deep.equal(Object.keys(resourceTypes).sort());
  });

  for (const row of rows) {
    it(`${row.type} lives from creation to deletion as AWS has it`, async function () {
      this.timeout(60_000);
      const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
      if (endpoint === undefined) return this.skip();
      const world = new TestWorld(endpoint);
      try {
        await live(row, world);
      } finally {
        await world.removeAll();
      }
    });
  }
});

async function live(row: HandlerRow, world: TestWorld): Promise<void> {
  const handler: Handler = resourceTypes[row.type];
  const given = await row.inputs(world);
  const inputs = asServed(row.type, given);

  const made = await handler.create(inputs, world);
  const { id } = made;
  world.adopt(row.type, made);
  expect(world.announced).to.include(id);
  const asked = Object.keys(given);
  expect(pick(made.outputs, asked), "what was asked for is what is").to.deep.equal(pick(inputs, asked));
  for (const [name, pattern] of Object.entries(row.computed ?? {})) {
    expect(String(name === "id" ? id : made.outputs[name]), name).to.match(pattern);
  }
  expect(await handler.read(id, made.outputs, world), "a refresh finds nothing").to.deep.equal(made.outputs);

  const change = typeof row.change === "function" ? await row.change(world) : (row.change ?? {});
  const next = asServed(row.type, { ...given, ...change });
  const updated = await handler.update(id, made.outputs, next, world);
  const changed = Object.keys(change);
  expect(pick(updated, changed), "the update is seen").to.deep.equal(pick(next, changed));
  expect(await handler.read(id, updated, world), "a refresh after the update finds nothing").to.deep.equal(updated);

  if (row.drift) {
    await row.drift.by({ id, outputs: updated }, world);
    const seen = await handler.read(id, updated, world);
    expect(pick(seen ?? {}, Object.keys(row.drift.shows)), "drift is seen").to.deep.equal(present(row.drift.shows));
  }

  const state = (await handler.read(id, updated, world)) ?? updated;
  await handler.delete(id, state, world);
  if (!row.staysAfterDeletion) expect(await handler.read(id, state, world), "it is gone").to.equal(undefined);
  await handler.delete(id, state, world);
}

function pick(properties: Properties, names: readonly string[]): Properties {
  return present(Object.fromEntries(names.map((name) => [name, properties[name]])));
}
