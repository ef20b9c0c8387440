import type { IncomingHttpHeaders } from "node:http";
import { AwsFault } from "../../model/aws-fault";
import type { Answer, Input } from "../../model/service-api";
import { decodeCbor } from "./cbor-decode";
import { encodeCbor } from "./cbor-encode";
import { inputOfJson, jsonOf } from "./json";
import { inputOfQuery } from "./query";
import type { Received } from "./received";
import { wireFacts } from "./services";
import { xmlOf } from "./xml";

export type ProtocolName = "json" | "query" | "cbor";

/** What an answer belongs to. */
export interface Asked {
  readonly service: string;
  readonly operation: string;
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
}

/** How calls of operations are written. What cannot be read is an AwsFault. */
export interface Protocol {
  /** Undefined when the request does not name one. */
  operation(received: Pick<Received, "method" | "url" | "headers" | "body">): string | undefined;
  input(received: Received): Input;
  answer(asked: Asked, answer: Answer): { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };
  /** In the words of the protocol: there is no such operation. */
  readonly unknownOperation: string;
}

export const protocols = {
  json: {
    operation: ({ headers }) => targetOf(headers)?.split(".").at(-1) || undefined,
    input: ({ body }) => inputOfJson(body),
    answer: ({ headers }, answer) => ({
      headers: { "content-type": headers["content-type"]?.split(";")[0] || "application/x-amz-json-1.1" },
      body: Buffer.from(jsonOf(answer)),
    }),
    unknownOperation: "UnknownOperationException",
  },
  query: {
    operation: (received) => formOf(received).get("Action") || undefined,
    input: (received) => inputOfQuery(formOf(received)),
    answer: ({ service, operation, requestId }, answer) => ({
      headers: { "content-type": "text/xml" },
      body: Buffer.from(xmlOf(operation, wireFacts(service).namespace ?? "", answer, requestId)),
    }),
    unknownOperation: "InvalidAction",
  },
  cbor: {
    operation: ({ url }) => cborPath(url)?.operation,
    input: ({ body }) => inputOfCbor(body),
    answer: ({ service, operation }, answer) => {
      const isSilent = wireFacts(service).silent?.has(operation) ?? false;
      return {
        headers: { "smithy-protocol": "rpc-v2-cbor", ...(isSilent ? {} : { "content-type": "application/cbor" }) },
        body: isSilent ? Buffer.alloc(0) : encodeCbor(answer),
      };
    },
    unknownOperation: "UnknownOperationException",
  },
} as const satisfies Record<ProtocolName, Protocol>;

/** Which protocol a request is in; a service that can be asked by a query is taken to be, when nothing tells. */
export function protocolOf(headers: IncomingHttpHeaders, service: string): ProtocolName {
  if (headers["smithy-protocol"] === "rpc-v2-cbor") return "cbor";
  if (targetOf(headers) !== undefined) return "json";
  return isForm(headers) || wireFacts(service).namespace !== undefined ? "query" : "json";
}

export const isForm = (headers: IncomingHttpHeaders): boolean =>
  headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;

/** The parameters of a query: in the body of a POST, in the address of a GET. */
export function formOf({ method, url, body }: Pick<Received, "method" | "url" | "body">): URLSearchParams {
  const search = url.includes("?") ? url.slice(url.indexOf("?") + 1) : "";
  const parameters = new URLSearchParams(method === "POST" ? body.toString() : search);
  // The signature of a presigned address is no member of anything.
  for (const name of [...parameters.keys()]) if (/^X-Amz-/i.test(name)) parameters.delete(name);
  return parameters;
}

/** `/service/<Service>/operation/<Operation>`; the names are those of `X-Amz-Target`. */
export function cborPath(url: string): { readonly service: string; readonly operation: string } | undefined {
  const [, service, operation] = /^\/service\/([\w.]+)\/operation\/(\w+)$/.exec(url.split("?")[0] ?? "") ?? [];
  return service && operation ? { service, operation } : undefined;
}

/** Value of `X-Amz-Target`. */
export const targetOf = (headers: IncomingHttpHeaders): string | undefined => {
  const target = headers["x-amz-target"];
  return Array.isArray(target) ? target[0] : target;
};

function inputOfCbor(body: Buffer): Input {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = decodeCbor(body);
  } catch (error) {
    throw new AwsFault("SerializationException", error instanceof Error ? error.message : String(error));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Date)
    throw new AwsFault("SerializationException", "Start of structure or map found where not expected.");
  return value as Input;
}
