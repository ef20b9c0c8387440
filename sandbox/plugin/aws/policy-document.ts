/** A policy as text; the provider takes it as text or as an object. */
export type PolicyInput = string | object;

/** The text that AWS is sent. */
export function policyText(policy: PolicyInput): string {
  return typeof policy === "string" ? policy : JSON.stringify(policy);
}

/** IAM answers with policies in URL encoding. */
export function decodedPolicy(text: string | undefined): string | undefined {
  return text === undefined ? undefined : decodeURIComponent(text);
}
