import { CloudError, type CloudErrorKind } from "../model/cloud-error";

/** As the SDK throws it; every field may be missing, for what comes out of a socket is no answer of AWS. */
interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/**
 * TABLE of AWS' codes, first match wins; what fits none is `refused`. From "Common errors" of each API, and the lists of
 * throttling and transient codes in the SDKs' reference guide, "Retry behavior".
 */
const kinds: readonly { readonly code: RegExp; readonly kind: CloudErrorKind }[] = [
  { code: /Throttl|TooManyRequests|RequestLimitExceeded|BandwidthLimitExceeded|SlowDown/, kind: "transient" },
  { code: /^(ServiceUnavailable|Internal|ServerException|ServiceException)/, kind: "transient" },
  { code: /^(RequestTimeout|TimeoutError|AbortError|PriorRequestNotComplete)/, kind: "transient" },
  // Sockets: node's `errno` names.
  { code: /^E(CONNRESET|CONNREFUSED|CONNABORTED|TIMEDOUT|PIPE|AI_AGAIN|NETUNREACH|HOSTUNREACH)$/, kind: "transient" },
  // A name that is not resolved now is most often a network that is gone for a moment.
  { code: /^ENOTFOUND$/, kind: "transient" },
  { code: /^(AccessDenied|Unauthorized|NotAuthorized|AuthFailure|OptInRequired)/, kind: "denied" },
  { code: /^(ExpiredToken|RequestExpired|UnrecognizedClient|InvalidClientTokenId)/, kind: "denied" },
  { code: /^(SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|MissingAuthenticationToken)/, kind: "denied" },
  { code: /^(CredentialsProviderError|TokenProviderError)$/, kind: "denied" },
  { code: /NotFound|^NoSuch/, kind: "missing" },
];

/** What a failure of the SDK means, by AWS' code, and where that says nothing by the status of the answer. */
export function cloudError(operation: string, error: unknown): CloudError {
  if (error instanceof CloudError) return error;
  const told = (typeof error === "object" && error !== null ? error : {}) as SdkError;
  const code = codeOf(told);
  const known = kinds.find((row) => row.code.test(code))?.kind;
  const kind = known ?? ((told.$metadata?.httpStatusCode ?? 0) >= 500 ? "transient" : "refused");
  const said = told.message === undefined || told.message === "" ? code : `${told.message} (${code})`;
  return new CloudError(kind, operation, code, `${operation} failed: ${said}`, { cause: error });
}

/** Makes a call, and turns its failure into a `CloudError`. */
export async function calling<T>(operation: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw cloudError(operation, error);
  }
}

/** A socket's error has the name `Error`, and says what it is in `code`. */
const codeOf = ({ name, code }: SdkError): string =>
  name === undefined || name === "Error" ? (code ?? name ?? "Unknown") : name;
