import { AwsFault } from "../model/aws-fault";
import type { CloudAnswer } from "./cloud-client";

/**
 * What moto cannot do is a page for people: 404 for an address that it does not know, 500 for an operation that it does
 * not know and for one that it fails at. No service answers errors in HTML, so this is told from all others by its type.
 */
export const isPageForPeople = (status: number, contentType: string | undefined): boolean =>
  status >= 400 && (contentType?.startsWith("text/html") ?? false);

/** The error in an answer of moto. Undefined when it is none. */
export function faultIn({ status, headers, body }: CloudAnswer, asked: string): AwsFault | undefined {
  if (status < 400) return undefined;
  if (isPageForPeople(status, headers["content-type"])) return beyondTheCloud(asked);
  const text = body.toString();
  return fromJson(text, status) ?? fromXml(text, status) ?? new AwsFault("InternalFailure", text.slice(0, 500), status);
}

/** In the words that AWS has for an operation that is not there; 400, because asking again would not help. */
export const beyondTheCloud = (asked: string): AwsFault =>
  new AwsFault(
    "UnknownOperationException",
    `The sandbox's cloud does not know ${asked}, or failed at it (.slipway/sandbox/sandbox.log says more).`,
  );

function fromJson(text: string, status: number): AwsFault | undefined {
  const error = fieldsIn(text);
  const type = textIn(error, "__type") ?? textIn(error, "code");
  // `<namespace>#<code>`, where a service writes a namespace.
  const code = type?.split("#").at(-1);
  return code === undefined
    ? undefined
    : new AwsFault(code, textIn(error, "message") ?? textIn(error, "Message") ?? "", status);
}

/** The members of a JSON object. Undefined for what is none. */
export function fieldsIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** A member that is a text. */
export function textIn(fields: Readonly<Record<string, unknown>> | undefined, name: string): string | undefined {
  const value = fields?.[name];
  return typeof value === "string" ? value : undefined;
}

function fromXml(text: string, status: number): AwsFault | undefined {
  const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1];
  const message = /<Message>([^<]*)<\/Message>/i.exec(text)?.[1] ?? "";
  return code === undefined ? undefined : new AwsFault(code, unescaped(message), status);
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

const unescaped = (text: string): string =>
  text.replace(/&(lt|gt|quot|apos|amp|#\d{1,6});/g, (_, name: string) =>
    name.startsWith("#") ? String.fromCharCode(Number(name.slice(1))) : (entities[name] ?? ""),
  );
