import { createInterface } from "node:readline";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { endWithParent } from "./end-with-parent";
import type { ProviderPackage } from "./provider-package";
import { providerService } from "./provider-service";

/** State of large resources (dashboards, task definitions) exceeds gRPC's own limit of 4 MiB a message. */
const maxMessageBytes = 400 * 1024 * 1024;

/** Serves a provider to the engine that started this process, and tells it the port as the protocol wants: on stdout. */
export async function serve(provider: ProviderPackage): Promise<void> {
  const port = await listen(provider);
  endWithParent();
  process.stdout.write(`${port}\n`);
}

/**
 * Serves whoever comes. A line on stdin is an environment as JSON, the line on stdout that answers it the port of the
 * provider for that environment; answers come in the order of the questions.
 */
export async function serveResident(providerFor: (env: Readonly<NodeJS.ProcessEnv>) => ProviderPackage): Promise<void> {
  endWithParent();
  for await (const line of createInterface({ input: process.stdin })) {
    const port = await listen(providerFor(JSON.parse(line) as NodeJS.ProcessEnv));
    process.stdout.write(`${port}\n`);
  }
}

async function listen(provider: ProviderPackage): Promise<number> {
  const server = new Server({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });
  server.addService(ResourceProviderService, providerService(provider));
  return new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
}
