import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { endWithParent } from "./end-with-parent";
import type { ProviderPackage } from "./provider-package";
import { providerService } from "./provider-service";

/** State of large resources (dashboards, task definitions) exceeds gRPC's own limit of 4 MiB a message. */
const maxMessageBytes = 400 * 1024 * 1024;

/** Serves a provider to the engine that started this process, and tells it the port as the protocol wants: on stdout. */
export async function serve(provider: ProviderPackage): Promise<void> {
  const server = new Server({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });
  server.addService(ResourceProviderService, providerService(provider));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  endWithParent();
  process.stdout.write(`${port}\n`);
}
