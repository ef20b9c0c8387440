import { spawn, type ChildProcess } from "node:child_process";
import {
  status,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServerWritableStream,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { PackageDependency, PluginDependency, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { programDependencies, requiredPlugins } from "./packages";
import { runProgram, type RunOutcome, type RunRequest } from "./run-program";

/** One of the engine's questions with one answer. */
const unary =
  <Request, Response>(answer: (request: Request) => Promise<Response> | Response) =>
  (call: ServerUnaryCall<Request, Response>, reply: sendUnaryData<Response>): void => {
    Promise.resolve(call.request)
      .then(answer)
      .then(
        (response) => reply(null, response),
        (error: unknown) => reply({ code: status.UNKNOWN, details: String(error) }, null),
      );
  };

/**
 * What the engine asks of a language host, as far as running a program goes. Making code and packing packages is left
 * out; the engine takes "unimplemented" as the answer there.
 *
 * @param engine address of the engine, for the program's log lines
 */
export function languageService(engine: string | undefined): UntypedServiceImplementation {
  const running = new Set<ChildProcess>();
  let engineAddress = engine;
  return {
    handshake: unary((request: language.LanguageHandshakeRequest) => {
      engineAddress = request.getEngineAddress() || engineAddress;
      return new language.LanguageHandshakeResponse();
    }),
    getPluginInfo: unary(() => new PluginInfo()),
    getRequiredPlugins: unary((request: language.GetRequiredPluginsRequest) =>
      new language.GetRequiredPluginsResponse().setPluginsList(
        pluginsOf(request.getInfo()).map((plugin) => fill(new PluginDependency(), plugin)),
      ),
    ),
    getRequiredPackages: unary((request: language.GetRequiredPackagesRequest) =>
      new language.GetRequiredPackagesResponse().setPackagesList(
        pluginsOf(request.getInfo()).map((plugin) => fill(new PackageDependency(), plugin)),
      ),
    ),
    run: unary(async (request: language.RunRequest) => {
      const outcome = await runProgram(requestOf(request, engineAddress), (child) => {
        running.add(child);
        child.once("exit", () => running.delete(child));
      });
      return responseOf(outcome);
    }),
    about: unary(() => new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    getProgramDependencies: unary((request: language.GetProgramDependenciesRequest) =>
      new language.GetProgramDependenciesResponse().setDependenciesList(
        programDependencies(request.getInfo()?.getProgramDirectory() ?? request.getPwd()).map(({ name, version }) =>
          new language.DependencyInfo().setName(name).setVersion(version),
        ),
      ),
    ),
    installDependencies,
    runtimeOptionsPrompts: unary(() => new language.RuntimeOptionsResponse()),
    cancel: unary(() => {
      for (const child of running) child.kill("SIGINT");
      return new Empty();
    }),
  };
}

const pluginsOf = (info: language.ProgramInfo | undefined): ReturnType<typeof requiredPlugins> =>
  info ? requiredPlugins(info.getProgramDirectory()) : [];

function fill<M extends PluginDependency | PackageDependency>(
  message: M,
  plugin: ReturnType<typeof requiredPlugins>[number],
): M {
  message.setKind("resource");
  message.setName(plugin.name);
  message.setVersion(plugin.version);
  message.setServer(plugin.server);
  return message;
}

function requestOf(request: language.RunRequest, engine: string | undefined): RunRequest {
  const info = request.getInfo();
  return {
    engine,
    monitor: request.getMonitorAddress(),
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    rootDirectory: info?.getRootDirectory() ?? "",
    programDirectory: info?.getProgramDirectory() ?? request.getPwd(),
    entryPoint: info?.getEntryPoint() ?? request.getProgram(),
    pwd: request.getPwd(),
    dryRun: request.getDryrun(),
    parallel: request.getParallel(),
    config: Object.fromEntries(request.getConfigMap().toArray()),
    configSecretKeys: request.getConfigsecretkeysList(),
    args: request.getArgsList(),
    options: info?.getOptions()?.toJavaScript() ?? {},
  };
}

function responseOf(outcome: RunOutcome): language.RunResponse {
  switch (outcome.kind) {
    case "done":
      return new language.RunResponse();
    case "bail":
      return new language.RunResponse().setBail(true);
    case "failed":
      return new language.RunResponse().setError(outcome.error);
  }
}

function installDependencies(
  call: ServerWritableStream<language.InstallDependenciesRequest, language.InstallDependenciesResponse>,
): void {
  const cwd = call.request.getInfo()?.getProgramDirectory() ?? call.request.getDirectory();
  const child = spawn("npm", ["install"], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.on("data", (text: Buffer) => call.write(new language.InstallDependenciesResponse().setStdout(text)));
  child.stderr.on("data", (text: Buffer) => call.write(new language.InstallDependenciesResponse().setStderr(text)));
  child.once("error", (error) => call.destroy(error));
  child.once("close", (code) =>
    code === 0 ? call.end() : call.destroy(new Error(`npm install failed with exit code ${code}`)),
  );
}
