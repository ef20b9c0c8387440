import { handlerContext } from "../../../sandbox/plugin/context";
import type { Handler, Properties } from "../../../sandbox/plugin/handler";
import type { Session } from "../../../sandbox/plugin/lifecycle/request";
import { noConfig } from "../../../sandbox/plugin/provider-config";
import { NotRealised } from "../../../sandbox/plugin/provider-package";

/** A cloud in memory that keeps what it is given and adds an ARN. */
export class FakeCloud implements Handler {
  readonly resources = new Map<string, Properties>();
  /** Set to let the next creation fail after the resource has come into being. */
  failAfterCreation: Error | undefined;
  /** Set to let creations and removals wait for something that never comes, before and after there is an id. */
  waitsFor: "id" | "readiness" | undefined;

  create: Handler["create"] = async (inputs, context) => {
    if (this.waitsFor === "id") await context.until(async () => undefined, 0, "an id");
    const id = `res-${this.resources.size + 1}`;
    this.resources.set(id, inputs);
    context.created(id);
    if (this.waitsFor === "readiness") await context.until(async () => undefined, 600, "readiness");
    if (this.failAfterCreation !== undefined) throw this.failAfterCreation;
    return { id, outputs: this.shown(id) };
  };
  read: Handler["read"] = async (id) => (this.resources.has(id) ? this.shown(id) : undefined);
  update: Handler["update"] = async (id, _state, inputs) => {
    this.resources.set(id, inputs);
    return this.shown(id);
  };
  delete: Handler["delete"] = async (id, _state, context) => {
    if (this.waitsFor === "readiness") await context.until(async () => undefined, 600, "the end");
    this.resources.delete(id);
  };

  private shown(id: string): Properties {
    return { ...this.resources.get(id), id, arn: `arn:aws:${id}` };
  }
}

/** A configured provider whose every type lives in one fake cloud, except those of `missing`. */
export function fakeSession(
  cloud: FakeCloud,
  rest: Partial<Session> & { readonly missing?: readonly string[] } = {},
): Session {
  const { missing = [], ...session } = rest;
  return {
    config: noConfig,
    isCancelled: () => false,
    context: handlerContext({
      account: "111122223333",
      region: "eu-central-1",
      endpoint: undefined,
      credentials: undefined,
    }),
    provider: {
      name: "aws",
      version: "1.0.0",
      handlerOf: async (type) => {
        if (missing.includes(type)) throw new NotRealised(`resource type ${type}`, "the table");
        return cloud;
      },
      invokeOf: async () => async (args) => ({ ...args, answer: 42 }),
      secretOutputs: { "aws:rds/instance:Instance": ["password"] },
      derivedOutputs: { "aws:rds/instance:Instance": { identifier: ["endpoint"] } },
      connect: async () => {
        throw new Error("connected already");
      },
    },
    ...session,
  };
}

/** The URN of a resource by type and name. */
export function urnOf(type: string, name: string): string {
  return `urn:pulumi:dev::project::slipway:x:Y$${type}::${name}`;
}

/** The wire's form of a secret. */
export function secretOf(value: unknown): Properties {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** The wire's form of a value that is not known yet. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
