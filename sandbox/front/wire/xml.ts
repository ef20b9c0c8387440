import type { Answer } from "../../model/service-api";

/**
 * Writes an answer in the query protocol: `<OpResponse><OpResult>`, a list as `<member>`s, a `Map` as `<entry>`s, dates in
 * ISO. The result is always there, also when it is empty: clients look it up before they look what is in it.
 */
export function xmlOf(operation: string, namespace: string, answer: Answer, requestId: string): string {
  const result = element(`${operation}Result`, children(Object.entries(answer)));
  const metadata = element("ResponseMetadata", element("RequestId", requestId));
  return `<${operation}Response xmlns="${namespace}">${result}${metadata}</${operation}Response>`;
}

/** Text as XML may have it: markup escaped, and characters that XML 1.0 has no place for as `?`. */
export const escapeXml = (text: string): string =>
  text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/\r/g, "&#13;")
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "?");

const element = (name: string, content: string): string =>
  content === "" ? `<${name}/>` : `<${name}>${content}</${name}>`;

const children = (entries: readonly (readonly [string, unknown])[]): string =>
  entries
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => element(name, contentOf(value)))
    .join("");

function contentOf(value: unknown): string {
  if (typeof value === "string") return escapeXml(value);
  if (Array.isArray(value)) return value.map((member) => element("member", contentOf(member))).join("");
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (value instanceof Map)
    return [...(value as ReadonlyMap<string, unknown>)]
      .map(([key, member]) => element("entry", children(Object.entries({ key, value: member }))))
      .join("");
  if (typeof value === "object" && value !== null) return children(Object.entries(value));
  return String(value);
}
