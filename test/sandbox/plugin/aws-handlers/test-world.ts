import { withDefaults } from "../../../../sandbox/facts/defaults";
import { factsOf } from "../../../../sandbox/facts/facts";
import { resourceTypes } from "../../../../sandbox/plugin/aws/resource-types";
import { handlerContext } from "../../../../sandbox/plugin/context";
import type { Created, HandlerContext, Properties } from "../../../../sandbox/plugin/handler";
import type { ResourceToken, World } from "./row";

/** The server adds the provider's default tags to a resource's own. */
const defaultTags = { ManagedBy: "slipway" };

/** A context that remembers what it made, so that every row leaves the endpoint as it found it. */
export class TestWorld implements World {
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

/** Inputs as the server hands them to a handler: with defaults and merged tags. */
export function asServed(type: ResourceToken, given: Properties): Properties {
  const facts = factsOf(type);
  const tags = given["tags"] as Readonly<Record<string, string>> | undefined;
  return present(withDefaults(facts, { ...given, ...(facts.tags ? { tagsAll: { ...defaultTags, ...tags } } : {}) }));
}

/** Without what is undefined, as on the wire. */
export function present(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}
