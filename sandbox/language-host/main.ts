import { Server, ServerCredentials } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { languageService } from "./service";

/**
 * Process entry: `pulumi-language-nodejs`, for engines that came without one. The engine gives its address as the last
 * argument and reads our port from the first line of standard output.
 */
const engine = process.argv
  .slice(2)
  .filter((argument) => !argument.startsWith("-"))
  .at(-1);

/** An engine that was killed says no good-bye; without this its host would stay for ever. */
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, 2_000).unref();

// A program's configuration and its dependencies may be larger than the 4 MiB that gRPC allows by default.
const server = new Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
server.addService(LanguageRuntimeService, languageService(engine));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  process.stdout.write(`${port}\n`);
});
