import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AwsFault } from "../../model/aws-fault";

/** A request with all of its body, which is not compressed any more. */
export interface Received {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The largest request of a service that is read whole is PutLogEvents and PutMetricData's megabyte. */
const maxBytes = 4 * 2 ** 20;

/** A client that sends even more than this is cut off; until then it is heard out, so that it hears the answer. */
const maxIgnoredBytes = 64 * 2 ** 20;

const gunzipped = promisify(gunzip);

/** @throws AwsFault for a body that is too large, or not what its encoding says */
export async function receive(request: IncomingMessage): Promise<Received> {
  const sent = await bodyOf(request);
  const { "content-encoding": encoding, ...headers } = request.headers;
  const isPacked = encoding?.trim().toLowerCase() === "gzip";
  return {
    method: request.method ?? "GET",
    url: request.url ?? "/",
    headers: isPacked || encoding === undefined ? headers : request.headers,
    body: isPacked && sent.length > 0 ? await unpacked(sent) : sent,
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxIgnoredBytes) break;
    if (length <= maxBytes) chunks.push(chunk);
  }
  if (length > maxBytes) throw tooLarge();
  return Buffer.concat(chunks);
}

async function unpacked(sent: Buffer): Promise<Buffer> {
  try {
    return await gunzipped(sent, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw new AwsFault("SerializationException", "The body is not in the gzip format that its header says.");
  }
}

const tooLarge = (): AwsFault =>
  new AwsFault("RequestEntityTooLargeException", `The request is larger than ${maxBytes} bytes.`, 413);
