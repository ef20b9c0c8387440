import { devNull } from "node:os";
import { expect } from "chai";
import { applyEnvironment, proxyEnvironment, sandboxEnvironment } from "../../../sandbox/session/environment";
import { sandboxPaths } from "../../../sandbox/session/paths";
import { shellExports } from "../../../sandbox/session/shell-exports";

const options = {
  paths: sandboxPaths("/project", "/package"),
  port: 4566,
  account: "686831565523",
  region: "eu-central-1",
  stack: "staging",
  env: { PATH: "/usr/bin:/bin" },
};

describe("sandboxEnvironment", () => {
  it("sends AWS clients and the engine to the sandbox and takes away what would lead them elsewhere", () => {
    expect(sandboxEnvironment(options)).to.deep.equal({
      AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
      AWS_ACCESS_KEY_ID: "SANDBOX686831565523",
      AWS_SECRET_ACCESS_KEY: "signatures-are-not-checked",
      AWS_REGION: "eu-central-1",
      AWS_DEFAULT_REGION: "eu-central-1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_PROFILE: undefined,
      AWS_DEFAULT_PROFILE: undefined,
      AWS_SESSION_TOKEN: undefined,
      AWS_ROLE_ARN: undefined,
      AWS_WEB_IDENTITY_TOKEN_FILE: undefined,
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: undefined,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      PULUMI_HOME: "/project/.slipway/sandbox/pulumi",
      PULUMI_BACKEND_URL: "file:///project/.slipway/sandbox/backend",
      PULUMI_CONFIG_PASSPHRASE: "slipway-sandbox",
      PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
      PULUMI_STACK: "staging",
      PULUMI_OPTION_CONFIG_FILE: "/project/.slipway/sandbox/config/Pulumi.staging.yaml",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      PATH: "/project/.slipway/sandbox/bin:/usr/bin:/bin",
    });
  });

  it("puts its folder on PATH once, however often it is asked", () => {
    const env = { PATH: "/usr/bin" };
    applyEnvironment(env, sandboxEnvironment({ ...options, env }));

    expect(sandboxEnvironment({ ...options, env })["PATH"]).to.equal("/project/.slipway/sandbox/bin:/usr/bin");
  });

  it("takes an endpoint for one service away, because it would go before the one for all", () => {
    const change = sandboxEnvironment({ ...options, env: { AWS_ENDPOINT_URL_S3: "https://real.example" } });

    expect(Object.hasOwn(change, "AWS_ENDPOINT_URL_S3")).to.equal(true);
    expect(change["AWS_ENDPOINT_URL_S3"]).to.equal(undefined);
  });
});

describe("the proxy of the driver's process", () => {
  const change = proxyEnvironment({
    endpoint: "http://127.0.0.1:4566",
    account: "686831565523",
    region: "eu-central-1",
  });

  it("is the sandbox, asked in the name of the stack's account, and never for this machine itself", () => {
    const proxy = "http://SANDBOX686831565523:eu-central-1@127.0.0.1:4566/";
    const own = "127.0.0.1,localhost,::1";
    expect(change).to.deep.equal({
      HTTP_PROXY: proxy,
      HTTPS_PROXY: proxy,
      NO_PROXY: own,
      http_proxy: proxy,
      https_proxy: proxy,
      no_proxy: own,
    });
  });

  it("is none of a shell, which keeps its own", () => {
    const shared = Object.keys(sandboxEnvironment({ ...options, env: {} })).filter((name) =>
      Object.hasOwn(change, name),
    );

    expect(shared).to.deep.equal([]);
  });
});

describe("shellExports", () => {
  it("quotes values so that a shell takes them as they are", () => {
    expect(shellExports({ A: "it's $HOME", B: undefined })).to.equal("export A='it'\\''s $HOME'\nunset B");
  });
});
