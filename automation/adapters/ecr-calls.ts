import { clientConfig, lazily, type AwsOptions } from "./aws-clients";
import { cloudError } from "./cloud-errors";

/** What is asked of Amazon ECR, as its JSON API names it. */
export interface EcrCalls {
  batchGetImage(input: {
    readonly registryId: string;
    readonly repositoryName: string;
    readonly imageIds: readonly ImageId[];
    readonly acceptedMediaTypes: readonly string[];
  }): Promise<{
    readonly images?: readonly { readonly imageId?: ImageId; readonly imageManifest?: string }[];
    readonly failures?: readonly { readonly failureCode?: string; readonly failureReason?: string }[];
  }>;
  describeImages(input: {
    readonly registryId: string;
    readonly repositoryName: string;
    readonly imageIds?: readonly ImageId[];
    readonly filter?: { readonly tagStatus: "TAGGED" };
    readonly nextToken?: string;
    readonly maxResults?: number;
  }): Promise<{ readonly imageDetails?: readonly ImageDetail[]; readonly nextToken?: string }>;
}

export interface ImageId {
  readonly imageTag?: string;
  readonly imageDigest?: string;
}

export interface ImageDetail {
  readonly imageDigest?: string;
  readonly imageTags?: readonly string[];
  /** Seconds since 1970. */
  readonly imagePushedAt?: number;
}

const attempts = 5;

/** Milliseconds before the second attempt; doubled for each further one. */
const firstPauseMs = 200;

/**
 * Amazon ECR in one region: two operations of its JSON API, signed and sent by what the client of STS is made of, since
 * no other call of ECR is needed.
 */
export function ecrCalls(options: AwsOptions): EcrCalls {
  const { region, env = {} } = options;
  const open = lazily(async () => {
    const { STSClient } = await import("@aws-sdk/client-sts");
    return new STSClient(clientConfig(options)).config;
  });
  const endpoint = new URL(ecrEndpoint(region, env));

  const send = async (operation: string, body: string): Promise<unknown> => {
    const { signer, requestHandler, streamCollector } = await open();
    const signed = await (
      await signer()
    ).sign(
      {
        method: "POST",
        protocol: endpoint.protocol,
        hostname: endpoint.hostname,
        ...(endpoint.port === "" ? {} : { port: Number(endpoint.port) }),
        path: endpoint.pathname,
        query: {},
        headers: {
          host: endpoint.host,
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": `AmazonEC2ContainerRegistry_V20150921.${operation}`,
        },
        body,
      },
      { signingService: "ecr", signingRegion: region },
    );
    const { response } = (await requestHandler.handle(signed as never)) as {
      readonly response: { readonly statusCode: number; readonly body: unknown };
    };
    const text = new TextDecoder().decode(await streamCollector(response.body));
    if (response.statusCode >= 300) throw refusal(response.statusCode, text);
    return JSON.parse(text) as unknown;
  };
  const call = async (operation: string, input: object): Promise<unknown> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await send(operation, JSON.stringify(input));
      } catch (cause) {
        const error = cloudError(`ecr:${operation}`, cause);
        if (error.kind !== "transient" || attempt === attempts) throw error;
        await new Promise((resolve) => setTimeout(resolve, firstPauseMs * 2 ** (attempt - 1)));
      }
    }
  };
  return {
    batchGetImage: async (input) => (await call("BatchGetImage", input)) as never,
    describeImages: async (input) => (await call("DescribeImages", input)) as never,
  };
}

/** As the SDK looks for it ("Service-specific endpoints"), the configuration file apart. */
export function ecrEndpoint(region: string, env: NonNullable<AwsOptions["env"]>): string {
  const configured = [env["AWS_ENDPOINT_URL_ECR"], env["AWS_ENDPOINT_URL"]].find(
    (url) => url !== undefined && url !== "",
  );
  if (configured !== undefined && env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] !== "true") return configured;
  return `https://api.ecr.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
}

/** An error of the JSON protocol: its code stands in the body, with or without a namespace before it. */
export function refusal(status: number, text: string): Error {
  const told = parsed(text);
  const code = /([^#]+)$/.exec(told.__type ?? "")?.[1] ?? (status >= 500 ? "InternalServerError" : "Unknown");
  const error = Object.assign(new Error(told.message ?? told.Message ?? `HTTP ${status}`), {
    $metadata: { httpStatusCode: status },
  });
  error.name = code;
  return error;
}

interface Told {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
}

function parsed(text: string): Told {
  try {
    return JSON.parse(text) as Told;
  } catch {
    return {};
  }
}
