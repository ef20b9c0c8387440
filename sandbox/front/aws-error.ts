import type { IncomingMessage, ServerResponse } from "node:http";

/** An error as an AWS client expects it. */
export interface AwsError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** How a service writes its errors; a wrong shape reaches the caller as "UnknownError". */
type Dialect = "json" | "query" | "ec2" | "s3" | "cbor";

/** Services whose shape cannot be told from the request. Everything else with a query body is `query`. */
const dialects: Readonly<Record<string, Dialect>> = {
  ec2: "ec2", // <Response><Errors>, not <ErrorResponse>
  s3: "s3", // a bare <Error>
};

/** Answers with an error that the caller's AWS client understands. */
export function answerError(
  request: IncomingMessage,
  response: ServerResponse,
  service: string | undefined,
  error: AwsError,
): void {
  const dialect = dialectOf(request, service);
  const { contentType, body } = written(dialect, error);
  response.writeHead(error.status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
    "x-amzn-errortype": error.code,
    ...(dialect === "cbor" ? { "smithy-protocol": "rpc-v2-cbor" } : {}),
    // The body of the request may not have been read: the connection cannot serve another one.
    connection: "close",
  });
  response.end(body);
}

function dialectOf(request: IncomingMessage, service: string | undefined): Dialect {
  const known = service === undefined ? undefined : dialects[service];
  if (known) return known;
  if (request.headers["smithy-protocol"] === "rpc-v2-cbor") return "cbor";
  const isQuery = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  return isQuery ? "query" : "json";
}

function written(dialect: Dialect, { code, message }: AwsError): { contentType: string; body: string | Buffer } {
  const detail = `<Code>${code}</Code><Message>${escapeXml(message)}</Message>`;
  switch (dialect) {
    case "json":
      return { contentType: "application/x-amz-json-1.1", body: JSON.stringify({ __type: code, message }) };
    case "query":
      return {
        contentType: "text/xml",
        body: `<ErrorResponse><Error><Type>Sender</Type>${detail}</Error><RequestId>sandbox</RequestId></ErrorResponse>`,
      };
    case "ec2":
      return {
        contentType: "text/xml",
        body: `<Response><Errors><Error>${detail}</Error></Errors><RequestID>sandbox</RequestID></Response>`,
      };
    case "s3":
      return { contentType: "application/xml", body: `<Error>${detail}<RequestId>sandbox</RequestId></Error>` };
    case "cbor":
      return { contentType: "application/cbor", body: cborOfTexts({ __type: code, message }) };
  }
}

const escapeXml = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** The only CBOR that is written here: a map of texts (RFC 8949: major type 5 of major type 3). */
function cborOfTexts(texts: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(texts)
    .flat()
    .map((text) => Buffer.from(text));
  const parts = entries.flatMap((text) => [Buffer.from([0x79, text.length >> 8, text.length & 0xff]), text]);
  return Buffer.concat([Buffer.from([0xa0 + Object.keys(texts).length]), ...parts]);
}
