import type { Notices } from "../ports/notices";
import { clientConfig, lazily, type AwsOptions } from "./aws-clients";
import { calling } from "./cloud-errors";

/** Amazon SNS. */
export function snsNotices(options: AwsOptions): Notices {
  const open = lazily(async () => {
    const sdk = await import("@aws-sdk/client-sns");
    return { sdk, client: new sdk.SNSClient(clientConfig(options)) };
  });
  return {
    send: (topic, { subject, text }) =>
      calling("sns:Publish", async () => {
        const { sdk, client } = await open();
        await client.send(new sdk.PublishCommand({ TopicArn: topic, Subject: subject, Message: text }));
      }),
  };
}
