import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { encodeCbor } from "./wire/cbor-encode";
import { protocolOf } from "./wire/protocols";
import { wireFacts } from "./wire/services";
import { escapeXml } from "./wire/xml";

/** An error as an AWS client expects it. */
export interface AwsError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** How a service writes its errors; a wrong shape reaches the caller as "UnknownError". */
type Dialect = "json" | "query" | "ec2" | "s3" | "cbor";

/** Services whose shape cannot be told from the request. */
const dialects: Readonly<Record<string, Dialect>> = {
  ec2: "ec2", // <Response><Errors>, not <ErrorResponse>
  s3: "s3", // a bare <Error>
  route53: "query", // XML without the query protocol's form
  cloudfront: "query",
};

/** Answers with an error that the caller's AWS client understands. */
export function answerError(
  request: IncomingMessage,
  response: ServerResponse,
  service: string | undefined,
  error: AwsError,
): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const dialect = dialectOf(request, service);
  const requestId = randomUUID();
  const { oldCodes, namespace } = wireFacts(service);
  const code = inWordsOf(dialect, error.code, oldCodes);
  const { contentType, body } = written(dialect, {
    status: error.status,
    message: error.message,
    code,
    requestId,
    namespace,
  });
  response.writeHead(error.status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
    "x-amzn-requestid": requestId,
    "x-amzn-errortype": headerText(code),
    ...(dialect === "cbor" ? { "smithy-protocol": "rpc-v2-cbor" } : {}),
    ...(oldCodes && dialect !== "query"
      ? { "x-amzn-query-error": headerText(`${inWordsOf("query", error.code, oldCodes)};${faultyParty(error.status)}`) }
      : {}),
    // The body of the request may not have been read: the connection cannot serve another one then.
    ...(request.complete ? {} : { connection: "close" }),
  });
  response.end(body);
}

function dialectOf(request: IncomingMessage, service: string | undefined): Dialect {
  const known = service !== undefined && Object.hasOwn(dialects, service) ? dialects[service] : undefined;
  return known ?? protocolOf(request.headers, service ?? "");
}

/** A service that came from the query protocol has two names for an error; either may be thrown. */
function inWordsOf(dialect: Dialect, code: string, oldCodes: Readonly<Record<string, string>> = {}): string {
  if (dialect !== "query") return (Object.hasOwn(oldCodes, code) ? oldCodes[code] : undefined) ?? code;
  return Object.entries(oldCodes).find(([, name]) => name === code)?.[0] ?? code;
}

interface Written extends AwsError {
  readonly requestId: string;
  readonly namespace: string | undefined;
}

function written(dialect: Dialect, error: Written): { contentType: string; body: string | Buffer } {
  const { code, message, requestId } = error;
  const detail = `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;
  switch (dialect) {
    case "json":
      return { contentType: "application/x-amz-json-1.1", body: JSON.stringify({ __type: code, message }) };
    case "query": {
      const xmlns = error.namespace === undefined ? "" : ` xmlns="${error.namespace}"`;
      const type = `<Type>${faultyParty(error.status)}</Type>`;
      return {
        contentType: "text/xml",
        body: `<ErrorResponse${xmlns}><Error>${type}${detail}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      };
    }
    case "ec2":
      return {
        contentType: "text/xml",
        body: `<Response><Errors><Error>${detail}</Error></Errors><RequestID>${requestId}</RequestID></Response>`,
      };
    case "s3":
      return { contentType: "application/xml", body: `<Error>${detail}<RequestId>${requestId}</RequestId></Error>` };
    case "cbor":
      return { contentType: "application/cbor", body: encodeCbor({ __type: code, message }) };
  }
}

const faultyParty = (status: number): "Sender" | "Receiver" => (status < 500 ? "Sender" : "Receiver");

/** What HTTP lets a header have; node throws for anything else. */
const headerText = (text: string): string => text.replace(/[^\x20-\x7e]/g, "?");
