import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { ControlPlane } from "../../../sandbox/front/control";
import { startFront } from "../../../sandbox/front/front";

/** A front on a real socket, before something that stands in for moto. */
export interface TestFront {
  readonly address: string;
  /** Of a client of the SDK: one attempt, in the name of account 123456789012. */
  readonly options: {
    readonly endpoint: string;
    readonly region: string;
    readonly maxAttempts: number;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  close(): Promise<void>;
}

export const accessKeyId = "SANDBOX123456789012";

export async function frontBefore(moto: RequestListener, plane: Partial<ControlPlane> = {}): Promise<TestFront> {
  const cloud = createServer(moto);
  await new Promise<void>((resolve) => cloud.listen(0, "127.0.0.1", resolve));
  const { port } = cloud.address() as AddressInfo;
  const front = await startFront(
    { epoch: "e1", cloud: { host: "127.0.0.1", port }, status: () => ({}), stop: () => undefined, ...plane },
    0,
  ).catch((error: unknown) => {
    cloud.close();
    throw error;
  });
  const address = `http://127.0.0.1:${front.port}`;
  return {
    address,
    options: {
      endpoint: address,
      region: "eu-central-1",
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey: "x" },
    },
    async close() {
      await front.close();
      cloud.close();
      cloud.closeAllConnections();
    },
  };
}

/** Headers of a signed request. */
export const signed = (service: string, key = accessKeyId): Record<string, string> => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260102/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=x`,
});
