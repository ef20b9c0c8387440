import { status } from "@grpc/grpc-js";
import type { handleUnaryCall } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  ConfigureResponse,
  CreateResponse,
  DiffResponse,
  GetMappingResponse,
  GetMappingsResponse,
  GetSchemaResponse,
  InvokeResponse,
  ProviderHandshakeResponse,
  ReadResponse,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { check } from "./lifecycle/check";
import { create } from "./lifecycle/create";
import { remove } from "./lifecycle/delete";
import { diff } from "./lifecycle/diff";
import { invoke } from "./lifecycle/invoke";
import { read } from "./lifecycle/read";
import type { Session } from "./lifecycle/request";
import { update } from "./lifecycle/update";
import { diffProviderConfig, noConfig, parseProviderConfig } from "./provider-config";
import type { ProviderPackage } from "./provider-package";
import { fault } from "./rpc/fault";
import { checkResponse, diffResponse, namingRule, structOf, wireOf } from "./rpc/messages";

/**
 * The engine's provider protocol over one provider package. The SDK's own server answers neither previews nor detailed
 * differences nor configuration; without previews every update would make all outputs unknown to what depends on them.
 */
export function providerService(provider: ProviderPackage): IResourceProviderServer {
  const connections = new Map<string, Connected>();
  const connect = (peer: string): Connected => {
    // An engine says at its end that it is over; what it had open would otherwise stay as long as this process.
    for (const [former, { cancelled, waits }] of connections) if (cancelled && waits === 0) connections.delete(former);
    const made = connected(provider);
    connections.set(peer, made);
    return made;
  };
  const at = (peer: string): Connected => connections.get(peer) ?? connect(peer);
  const sessionAt = (peer: string): Session => at(peer).session;
  /** An engine that was killed says nothing, and what it waited for would be waited for to the end. */
  const waiting = <Request, Response>(answer: Answering<Request, Response>): handleUnaryCall<Request, Response> => {
    const handle = unary(answer);
    return (call, callback) => {
      const mine = at(call.getPeer());
      let isAnswered = false;
      mine.waits += 1;
      // Told of every call in the end, the answered ones included.
      call.once("cancelled", () => {
        if (!isAnswered) mine.cancelled = true;
      });
      handle(call, (...answered) => {
        isAnswered = true;
        mine.waits -= 1;
        callback(...answered);
      });
    };
  };

  return {
    handshake: unary(async (_request, peer) => {
      // The address may have been another engine's.
      connect(peer);
      return new ProviderHandshakeResponse()
        .setAcceptSecrets(true)
        .setAcceptResources(false)
        .setAcceptOutputs(false)
        .setSupportsAutonamingConfiguration(true);
    }),
    attach: unary(async () => new Empty()),
    cancel: unary(async (_request, peer) => {
      at(peer).cancelled = true;
      return new Empty();
    }),
    getPluginInfo: unary(async () => new PluginInfo().setVersion(provider.version)),
    getSchema: unary(async () => new GetSchemaResponse().setSchema("{}")),
    getMapping: unary(async () => new GetMappingResponse()),
    getMappings: unary(async () => new GetMappingsResponse()),
    parameterize: unimplemented("Parameterize"),
    call: unimplemented("Call"),
    construct: unimplemented("Construct"),
    list: (call) => call.emit("error", { code: status.UNIMPLEMENTED, details: "Not implemented: List" }),

    checkConfig: unary(async (request) => checkResponse(wireOf(request.getNews()), [])),
    diffConfig: unary(async (request) => {
      const { changed, replaces } = diffProviderConfig(
        wireOf(request.getOldInputs() ?? request.getOlds()),
        wireOf(request.getNews()),
      );
      return new DiffResponse()
        .setChanges(changed.length > 0 ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE)
        .setDiffsList([...changed])
        .setReplacesList([...replaces]);
    }),
    configure: unary(async (request, peer) => {
      const config = parseProviderConfig(wireOf(request.getArgs()));
      const mine = at(peer);
      const { isCancelled } = mine.session;
      mine.session = { provider, config, context: await provider.connect(config), isCancelled };
      return new ConfigureResponse()
        .setAcceptsecrets(true)
        .setSupportspreview(true)
        .setAcceptresources(false)
        .setAcceptoutputs(false)
        .setSupportsAutonamingConfiguration(true);
    }),

    check: unary(async (request, peer) => {
      const { inputs, failures } = await check(sessionAt(peer), {
        urn: request.getUrn(),
        olds: request.hasOlds() ? wireOf(request.getOlds()) : undefined,
        news: wireOf(request.getNews()),
        seed: request.getRandomseed_asU8(),
        rule: namingRule(request),
      });
      return checkResponse(inputs, failures);
    }),
    diff: unary(async (request, peer) =>
      diffResponse(
        diff(sessionAt(peer), {
          urn: request.getUrn(),
          oldInputs: wireOf(request.getOldInputs() ?? request.getOlds()),
          news: wireOf(request.getNews()),
        }),
      ),
    ),
    create: waiting(async (request, peer) => {
      const { id, properties } = await create(sessionAt(peer), {
        urn: request.getUrn(),
        properties: wireOf(request.getProperties()),
        preview: request.getPreview(),
      });
      return new CreateResponse().setId(id).setProperties(structOf(properties));
    }),
    read: unary(async (request, peer) => {
      const found = await read(sessionAt(peer), {
        id: request.getId(),
        urn: request.getUrn(),
        properties: wireOf(request.getProperties()),
        inputs: wireOf(request.getInputs()),
      });
      // An empty id says that the resource is gone.
      if (found === undefined) return new ReadResponse().setId("");
      return new ReadResponse()
        .setId(request.getId())
        .setProperties(structOf(found.properties))
        .setInputs(structOf(found.inputs));
    }),
    update: waiting(async (request, peer) => {
      const properties = await update(sessionAt(peer), {
        id: request.getId(),
        urn: request.getUrn(),
        olds: wireOf(request.getOlds()),
        oldInputs: wireOf(request.getOldInputs() ?? request.getOlds()),
        news: wireOf(request.getNews()),
        preview: request.getPreview(),
      });
      return new UpdateResponse().setProperties(structOf(properties));
    }),
    delete: waiting(async (request, peer) => {
      const inputs = request.getOldInputs();
      await remove(sessionAt(peer), {
        id: request.getId(),
        urn: request.getUrn(),
        properties: wireOf(request.getProperties()),
        inputs: inputs === undefined ? undefined : wireOf(inputs),
      });
      return new Empty();
    }),
    invoke: unary(async (request, peer) =>
      new InvokeResponse().setReturn(
        structOf(await invoke(sessionAt(peer), { token: request.getTok(), args: wireOf(request.getArgs()) })),
      ),
    ),
  };
}

/** One provider of one engine. Each has a connection of its own, and several may use one process. */
interface Connected {
  cancelled: boolean;
  /** Calls in flight that may take long. */
  waits: number;
  session: Session;
}

function connected(provider: ProviderPackage): Connected {
  const made: Connected = { cancelled: false, waits: 0, session: unconfigured(provider, () => made.cancelled) };
  return made;
}

/** Checks may come before configuration; whatever reaches for AWS then is told so. */
const unconfigured = (provider: ProviderPackage, isCancelled: () => boolean): Session => ({
  provider,
  config: noConfig,
  isCancelled,
  get context(): never {
    throw new Error(`The provider ${provider.name} is not configured yet`);
  },
});

/** Is told the address of who asks too. */
type Answering<Request, Response> = (request: Request, peer: string) => Promise<Response>;

function unary<Request, Response>(answer: Answering<Request, Response>): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    answer(call.request, call.getPeer()).then(
      (response) => callback(null, response),
      (error: unknown) => callback(fault(error)),
    );
  };
}

function unimplemented<Request, Response>(method: string): handleUnaryCall<Request, Response> {
  return (_call, callback) => callback({ code: status.UNIMPLEMENTED, details: `Not implemented: ${method}` });
}
