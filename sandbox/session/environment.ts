import { delimiter, join } from "node:path";
import { devNull } from "node:os";
import { accessKeyFor } from "../front/credential";
import type { SandboxPaths } from "./paths";

/** A change of the environment: undefined takes a variable away. */
export type EnvironmentChange = Readonly<Record<string, string | undefined>>;

export interface EnvironmentOptions {
  readonly paths: SandboxPaths;
  /** Of the front. */
  readonly port: number;
  readonly account: string;
  readonly region: string;
  readonly stack: string;
  /** The environment as it is now. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
}

/**
 * The state file is on this machine and holds nothing but invented secrets, so a known passphrase is safe here, and only
 * here. With it everybody can read state that was set aside.
 */
const passphrase = "slipway-sandbox";

/** Everything that plain `pulumi` and any AWS client need to work against the sandbox, in the name of one stack. */
export function sandboxEnvironment({
  paths,
  port,
  account,
  region,
  stack,
  env,
}: EnvironmentOptions): EnvironmentChange {
  return {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: accessKeyFor(account),
    // Nothing checks it. Messages hide it, so it is a text that stands in no path or name.
    AWS_SECRET_ACCESS_KEY: "signatures-are-not-checked",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: "true",
    // A profile may name another endpoint, region or role, and it would go before some of the above.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    ...serviceEndpoints(env),
    AWS_PROFILE: undefined,
    AWS_DEFAULT_PROFILE: undefined,
    AWS_SESSION_TOKEN: undefined,
    AWS_ROLE_ARN: undefined,
    AWS_WEB_IDENTITY_TOKEN_FILE: undefined,
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: undefined,
    // The engine would show it as a warning of every resource's provider.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    PULUMI_HOME: paths.pulumiHome,
    PULUMI_BACKEND_URL: `file://${paths.backend}`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
    PULUMI_STACK: stack,
    PULUMI_OPTION_CONFIG_FILE: join(paths.config, `Pulumi.${stack}.yaml`),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // A plugin that is not a stand-in must be an error, not a download of the real one.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // `npm test` checks the types; checking them again takes most of the time of a plain preview.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    PATH: withFirst(paths.bin, env["PATH"] ?? ""),
  };
}

/** What tells a proxy by its environment that this machine is reached without one. */
const noProxy = "127.0.0.1,localhost,::1";

/**
 * The sandbox as the proxy for HTTP, under which its load balancers and records have the names that they have at AWS.
 * For the driver's own process only: a shell keeps the proxy that it has.
 */
export function proxyEnvironment({
  endpoint,
  account,
  region,
}: {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
}): EnvironmentChange {
  const url = new URL(endpoint);
  url.username = accessKeyFor(account);
  url.password = region;
  const { href } = url;
  return {
    HTTP_PROXY: href,
    HTTPS_PROXY: href,
    NO_PROXY: noProxy,
    // Go and gRPC read these first.
    http_proxy: href,
    https_proxy: href,
    no_proxy: noProxy,
  };
}

/** An endpoint for one service goes before the one for all. */
const serviceEndpoints = (env: Readonly<NodeJS.ProcessEnv>): EnvironmentChange =>
  Object.fromEntries(
    Object.keys(env)
      .filter((name) => name.startsWith("AWS_ENDPOINT_URL_"))
      .map((name) => [name, undefined]),
  );

/** Puts a folder first; calling it again changes nothing. */
const withFirst = (folder: string, path: string): string =>
  [folder, ...path.split(delimiter).filter((entry) => entry !== folder)].join(delimiter);

/** Sets and removes variables of an environment. */
export function applyEnvironment(env: NodeJS.ProcessEnv, change: EnvironmentChange): void {
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) delete env[name];
    else env[name] = value;
  }
}
