import { exitCodes, SlipwayError } from "../model/errors";
import type { Identity } from "../ports/identity";

export interface StsIdentityOptions {
  readonly region: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Named profile of the AWS configuration, used when the environment names no credentials itself. @default none */
  readonly profile?: string;
}

/** The profile that is used: the environment's own choice comes first. */
export function chosenProfile({ env, profile }: Pick<StsIdentityOptions, "env" | "profile">): string | undefined {
  if (isSet(env["AWS_ACCESS_KEY_ID"]) || isSet(env["AWS_WEB_IDENTITY_TOKEN_FILE"])) return undefined;
  if (isSet(env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"]) || isSet(env["AWS_CONTAINER_CREDENTIALS_FULL_URI"]))
    return undefined;
  return isSet(env["AWS_PROFILE"]) ? env["AWS_PROFILE"] : profile;
}

/** Asks AWS' Security Token Service who the caller is. Asked once; the answer does not change during a command. */
export function stsIdentity(options: StsIdentityOptions): Identity {
  let answer: ReturnType<Identity["caller"]> | undefined;
  return { caller: () => (answer ??= askSts(options)) };
}

/** @throws SlipwayError `no-credentials`, `endpoint-unreachable` or `credentials-refused` */
async function askSts(options: StsIdentityOptions): Promise<{ readonly account: string; readonly arn: string }> {
  const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
  const profile = chosenProfile(options);
  const client = new STSClient({ region: options.region, ...(profile === undefined ? {} : { profile }) });
  try {
    const { Account: account, Arn: arn } = await client.send(new GetCallerIdentityCommand({}));
    if (account === undefined || arn === undefined) throw new Error("the answer names no account");
    return { account, arn };
  } catch (error) {
    throw identityError(error);
  } finally {
    client.destroy();
  }
}

/** What a failed question means to the operator. */
export function identityError(error: unknown): SlipwayError {
  const { name, message, code } = error as {
    readonly name?: string;
    readonly message?: string;
    readonly code?: string;
  };
  const said = message === undefined || message === "" ? String(code ?? name) : message;
  if (name === "CredentialsProviderError" || name === "TokenProviderError") {
    return new SlipwayError({
      code: "no-credentials",
      exitCode: exitCodes.failed,
      message: `No AWS credentials: ${said}`,
      remedy:
        "Set AWS_PROFILE or the AWS_ACCESS_KEY_ID pair, or log in to the profile that the stack file names. Nothing was changed.",
    });
  }
  if (/ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|ECONNRESET/.test(`${code} ${said}`) || name === "TimeoutError") {
    return new SlipwayError({
      code: "endpoint-unreachable",
      exitCode: exitCodes.failed,
      message: `AWS cannot be reached: ${said}`,
      remedy: "Check the network, and AWS_ENDPOINT_URL when it is set. Nothing was changed.",
    });
  }
  return new SlipwayError({
    code: "credentials-refused",
    exitCode: exitCodes.failed,
    message: `AWS does not say who is calling: ${said}`,
    remedy: "Check that the credentials are still valid. Nothing was changed.",
  });
}

const isSet = (value: string | undefined): value is string => value !== undefined && value !== "";
