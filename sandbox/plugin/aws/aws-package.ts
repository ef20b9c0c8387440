import { connectionFrom, handlerContext } from "../context";
import type { Handler, HandlerContext, Invoke } from "../handler";
import { accountRefusal } from "../provider-config";
import { NotRealised } from "../provider-package";
import type { ProviderPackage } from "../provider-package";
import { invokes } from "./invokes";
import { resourceTypes } from "./resource-types";

/** The aws provider against the endpoint, region and account that the environment names. */
export function awsPackage(version: string, env: Readonly<Record<string, string | undefined>>): ProviderPackage {
  return {
    name: "aws",
    version,
    async handlerOf(type) {
      const handler = (resourceTypes as Readonly<Record<string, Handler>>)[type];
      if (handler === undefined) throw new NotRealised(`resource type ${type}`, "sandbox/plugin/aws/resource-types.ts");
      return handler;
    },
    async invokeOf(token) {
      const call = (invokes as Readonly<Record<string, Invoke>>)[token];
      if (call === undefined) throw new NotRealised(`function ${token}`, "sandbox/plugin/aws/invokes.ts");
      return call;
    },
    secretOutputs: {
      "aws:rds/instance:Instance": ["password", "passwordWo"],
      "aws:secretsmanager/secretVersion:SecretVersion": ["secretString", "secretBinary", "secretStringWo"],
    },
    derivedOutputs: {
      "aws:rds/instance:Instance": {
        identifier: ["address", "endpoint", "arn"],
        port: ["endpoint"],
        engineVersion: ["engineVersionActual"],
      },
    },
    async connect(config) {
      const context = handlerContext(connectionFrom(env, config.region));
      const guarded = config.allowedAccountIds.length + config.forbiddenAccountIds.length > 0;
      const refusal = guarded ? accountRefusal(config, await callerAccount(context)) : undefined;
      if (refusal !== undefined) throw new Error(refusal);
      // Every environment asks EC2 first, whose client takes longest to load. The engine has other plugins to start meanwhile.
      setImmediate(() => void import("@aws-sdk/client-ec2"));
      return context;
    },
  };
}

/** Asked of AWS, not read from the credentials: the guard must see what the real one sees. */
async function callerAccount(context: HandlerContext): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
  const { Account = "" } = await context.client(STSClient).send(new GetCallerIdentityCommand({}));
  return Account;
}
