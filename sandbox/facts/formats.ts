import { isIPv4, isIPv6 } from "node:net";

/** A textual form that the provider checks by code instead of by a pattern. */
export interface Format {
  /** Completes "expected <property> to be ...". */
  readonly expected: string;
  readonly matches: (text: string) => boolean;
}

/** Every form that the facts name. */
export const formats: Readonly<Record<string, Format>> = {
  "ipv4 network": { expected: "an IPv4 network address in CIDR form (host bits zero)", matches: isIpv4Network },
  "vpc network": {
    expected: "an IPv4 network address in CIDR form with a prefix length of 16 to 28",
    matches: (text) => isIpv4Network(text) && prefixLength(text) >= 16 && prefixLength(text) <= 28,
  },
  "ipv6 network": { expected: "an IPv6 network in CIDR form", matches: isIpv6Network },
  network: { expected: "a network in CIDR form", matches: (text) => isIpv4Network(text) || isIpv6Network(text) },
  "ipv4 address": { expected: "an IPv4 address", matches: isIPv4 },
  "https url": { expected: "an https URL without a query", matches: (text) => /^https:\/\/[^?]+$/.test(text) },
  "no arn": { expected: "a name, not an ARN", matches: (text) => !text.startsWith("arn:") },
  "health check port": {
    expected: "traffic-port or a port in the range (1 - 65536)",
    matches: (text) => text === "traffic-port" || (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65536),
  },
};

function isIpv4Network(text: string): boolean {
  const [address = "", length = ""] = text.split("/");
  if (!isIPv4(address) || !/^\d+$/.test(length) || Number(length) > 32) return false;
  const bits = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return bits % 2 ** (32 - Number(length)) === 0;
}

function isIpv6Network(text: string): boolean {
  const [address = "", length = ""] = text.split("/");
  return isIPv6(address) && /^\d+$/.test(length) && Number(length) <= 128;
}

function prefixLength(text: string): number {
  return Number(text.split("/")[1]);
}
