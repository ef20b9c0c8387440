import type { IncomingHttpHeaders } from "node:http";

/** What a signed request says about its caller; the signature itself is not checked. */
export interface Credential {
  readonly accessKeyId: string;
  readonly region: string;
  /** Signing name, for example `elasticloadbalancing`. */
  readonly service: string;
}

/** `<access key>/<date>/<region>/<service>/aws4_request`, as the SigV4 documents define it. */
const scope = /^([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request$/;

/** Reads the credential scope of the Authorization header, or of a presigned address. Undefined when there is none. */
export function credentialOf(request: {
  readonly headers: IncomingHttpHeaders;
  readonly url?: string | undefined;
}): Credential | undefined {
  const header = /\bCredential=([^,\s]+)/.exec(request.headers.authorization ?? "")?.[1];
  const written = header ?? presigned(request.url ?? "");
  const [, accessKeyId, region, service] = scope.exec(written ?? "") ?? [];
  return accessKeyId && region && service ? { accessKeyId, region, service: service.toLowerCase() } : undefined;
}

function presigned(url: string): string | undefined {
  const query = url.slice(url.indexOf("?") + 1);
  return new URLSearchParams(query).get("X-Amz-Credential") ?? undefined;
}

/** The account is part of the access key, so that several accounts live in one sandbox without any registration. */
export const accessKeyFor = (account: string): string => `SANDBOX${account}`;

/** Account of a key made by `accessKeyFor`; undefined for every other key. */
export const accountOf = (accessKeyId: string): string | undefined => /^SANDBOX(\d{12})$/.exec(accessKeyId)?.[1];
