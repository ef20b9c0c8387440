import type { BatchGetImageCommandInput, BatchGetImageCommandOutput } from "@aws-sdk/client-ecr";
import type { DescribeImagesCommandInput, DescribeImagesCommandOutput } from "@aws-sdk/client-ecr";
import { clientConfig, lazily, type AwsOptions } from "./aws-clients";
import { calling } from "./cloud-errors";

export type { ImageDetail } from "@aws-sdk/client-ecr";

/** What is asked of Amazon ECR. Failures are `CloudError`s. */
export interface EcrCalls {
  batchGetImage(input: BatchGetImageCommandInput): Promise<Pick<BatchGetImageCommandOutput, "images" | "failures">>;
  describeImages(
    input: DescribeImagesCommandInput,
  ): Promise<Pick<DescribeImagesCommandOutput, "imageDetails" | "nextToken">>;
}

/** Amazon ECR in one region. */
export function ecrCalls(options: AwsOptions): EcrCalls {
  const open = lazily(async () => {
    const sdk = await import("@aws-sdk/client-ecr");
    return { sdk, client: new sdk.ECRClient(clientConfig(options)) };
  });
  return {
    batchGetImage: (input) =>
      calling("ecr:BatchGetImage", async () => {
        const { sdk, client } = await open();
        return client.send(new sdk.BatchGetImageCommand(input));
      }),
    describeImages: (input) =>
      calling("ecr:DescribeImages", async () => {
        const { sdk, client } = await open();
        return client.send(new sdk.DescribeImagesCommand(input));
      }),
  };
}
