import { EventEmitter } from "node:events";
import type { ServerUnaryCall, ServiceError } from "@grpc/grpc-js";
import { ConfigureRequest, CreateRequest, InvokeRequest } from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { Handler, HandlerContext } from "../../sandbox/plugin/handler";
import type { ProviderPackage } from "../../sandbox/plugin/provider-package";
import { providerService } from "../../sandbox/plugin/provider-service";

const struct = (fields: Readonly<Record<string, JavaScriptValue>>): Struct => Struct.fromJavaScript({ ...fields });

/** A provider whose functions tell the region it was configured with, and whose resources are made and never ready. */
const provider: ProviderPackage = {
  name: "test",
  version: "1.0.0",
  handlerOf: async () =>
    ({
      create: (_inputs: unknown, context: HandlerContext) => {
        context.created("an-id");
        return context.until(async () => undefined, 60, "nothing");
      },
    }) as unknown as Handler,
  invokeOf: async () => async (_args, context) => ({ region: context.region }),
  secretOutputs: {},
  derivedOutputs: {},
  connect: async ({ region = "" }) =>
    ({
      account: "111111111111",
      region,
      client: () => undefined,
      created: () => undefined,
      // Looks until it is stopped.
      async until(ready: () => Promise<unknown>) {
        for (;;) {
          await ready();
          await new Promise((resolve) => setImmediate(resolve));
        }
      },
    }) as unknown as HandlerContext,
};

const urn = "urn:pulumi:staging::slipway::random:index/randomId:RandomId::it";

type Answer = (error: ServiceError | null, response?: unknown) => void;
type Method = (call: ServerUnaryCall<unknown, unknown>, answer: Answer) => void;

/** One engine's connection to a service that several use. */
function engine(service: ReturnType<typeof providerService>, peer: string) {
  const calls = new EventEmitter();
  const ask = (method: keyof typeof service, request: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const call = Object.assign(calls, { request, getPeer: () => peer });
      (service[method] as Method)(call as unknown as ServerUnaryCall<unknown, unknown>, (error, response) =>
        error ? reject(new Error(error.details ?? error.message)) : resolve(response),
      );
    });
  return {
    ask,
    configure: (region: string) => ask("configure", new ConfigureRequest().setArgs(struct({ region }))),
    async region(): Promise<unknown> {
      const answer = await ask("invoke", new InvokeRequest().setTok("test:index:region").setArgs(struct({})));
      return (answer as { getReturn(): Struct }).getReturn().toJavaScript()["region"];
    },
    create: () =>
      ask("create", new CreateRequest().setUrn(urn).setProperties(struct({ byteLength: 4 }))).then(
        () => "made",
        (error: Error) => error.message,
      ),
    breakOff: () => calls.emit("cancelled"),
  };
}

/** When the event loop has gone round so often. */
async function after(turns: number): Promise<string> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return "still waiting";
}

describe("a provider that several engines use", () => {
  it("has for each the configuration that this one has given it", async () => {
    const service = providerService(provider);
    const [one, other] = [engine(service, "127.0.0.1:1"), engine(service, "127.0.0.1:2")];
    await one.configure("eu-central-1");
    await other.configure("us-east-1");

    expect([await one.region(), await other.region()]).to.deep.equal(["eu-central-1", "us-east-1"]);
  });

  it("knows nothing of an engine that had the same address before", async () => {
    const service = providerService(provider);
    await engine(service, "127.0.0.1:1").configure("eu-central-1");
    const next = engine(service, "127.0.0.1:1");
    await next.ask("handshake", new Empty());

    const refusal = await next.region().catch((error: Error) => error.message);

    expect(refusal).to.contain("The provider test is not configured yet");
  });

  it("forgets an engine that is over, and none in the middle of something", async () => {
    const service = providerService(provider);
    const [over, busy, idle] = [1, 2, 3].map((number) => engine(service, `127.0.0.1:${number}`));
    for (const each of [over, busy, idle]) await each?.configure("eu-central-1");
    const creation = busy?.create();
    for (const each of [over, busy]) await each?.ask("cancel", new Empty());
    await engine(service, "127.0.0.1:4").ask("handshake", new Empty());
    const known = (each: typeof over): Promise<unknown> | undefined => each?.region().catch(() => "not known");

    expect([await known(over), await known(busy), await known(idle)]).to.deep.equal([
      "not known",
      "eu-central-1",
      "eu-central-1",
    ]);
    await creation;
  });

  it("stops waiting for the one that cancels, and goes on for the other", async () => {
    const service = providerService(provider);
    const [one, other] = [engine(service, "127.0.0.1:1"), engine(service, "127.0.0.1:2")];
    await one.configure("eu-central-1");
    await other.configure("eu-central-1");
    const [first, second] = [one.create(), other.create()];
    await one.ask("cancel", new Empty());

    expect(await first).to.contain("interrupted while waiting for nothing");
    expect(await Promise.race([second, after(50)])).to.equal("still waiting");
    await other.ask("cancel", new Empty());
    await second;
  });

  it("stops waiting for an engine that was killed", async () => {
    const killed = engine(providerService(provider), "127.0.0.1:1");
    await killed.configure("eu-central-1");
    const creation = killed.create();
    killed.breakOff();

    expect(await creation).to.contain("interrupted while waiting for nothing");
  });

  it("takes the end of an answered call for nothing else", async () => {
    let isRefused = true;
    const handlerOf: ProviderPackage["handlerOf"] = (type) =>
      isRefused ? Promise.reject(new Error("not this one")) : provider.handlerOf(type);
    const alive = engine(providerService({ ...provider, handlerOf }), "127.0.0.1:1");
    await alive.configure("eu-central-1");
    expect(await alive.create()).to.contain("not this one");
    alive.breakOff();
    isRefused = false;
    const creation = alive.create();

    expect(await Promise.race([creation, after(50)])).to.equal("still waiting");
    await alive.ask("cancel", new Empty());
    await creation;
  });
});
