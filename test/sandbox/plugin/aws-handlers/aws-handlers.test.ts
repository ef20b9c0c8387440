import { expect } from "chai";
import { withDefaults } from "../../../../sandbox/facts/defaults";
import { factsOf } from "../../../../sandbox/facts/facts";
import { resourceTypes } from "../../../../sandbox/plugin/aws/resource-types";
import { handlerContext } from "../../../../sandbox/plugin/context";
import type { Created, Handler, HandlerContext, Properties } from "../../../../sandbox/plugin/handler";
import type { HandlerRow, ResourceToken, World } from "./row";
import { rows } from "./rows";

/** The server adds the provider's default tags to a resource's own. */
const defaultTags = { ManagedBy: "slipway" };

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

/** A context that remembers what it made, so that every row leaves the endpoint as it found it. */
class TestWorld implements World {
  readonly account = "123456789012";
  readonly region = "eu-central-1";
  readonly announced: string[] = [];
  private readonly made: { readonly type: ResourceToken; readonly created: Created }[] = [];
  private readonly context: HandlerContext;

  constructor(endpoint: string) {
    const credentials = { accessKeyId: `SANDBOX${this.account}`, secretAccessKey: "sandbox" };
    this.context = handlerContext({ account: this.account, region: this.region, endpoint, credentials });
  }

  client: HandlerContext["client"] = (make) => this.context.client(make);
  until: HandlerContext["until"] = (ready, seconds, what) => this.context.until(ready, Math.min(seconds, 20), what);
  created = (id: string): void => void this.announced.push(id);

  async make(type: ResourceToken, inputs: Properties): Promise<Created> {
    const created = await resourceTypes[type].create(asServed(type, inputs), this);
    this.made.push({ type, created });
    return created;
  }

  /** The row's own resource: removed here only when the row fails half way. */
  adopt(type: ResourceToken, created: Created): void {
    this.made.push({ type, created });
  }

  /** Goes on after a failure: what is left behind would fail the rows to come. */
  async removeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const { type, created } of this.made.reverse()) {
      const state = { ...created.outputs, skipFinalSnapshot: true, recoveryWindowInDays: 0, skipDestroy: false };
      await resourceTypes[type].delete(created.id, state, this).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}

function asServed(type: ResourceToken, given: Properties): Properties {
  const facts = factsOf(type);
  const tags = given["tags"] as Readonly<Record<string, string>> | undefined;
  return present(withDefaults(facts, { ...given, ...(facts.tags ? { tagsAll: { ...defaultTags, ...tags } } : {}) }));
}

function present(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

function pick(properties: Properties, names: readonly string[]): Properties {
  return present(Object.fromEntries(names.map((name) => [name, properties[name]])));
}
