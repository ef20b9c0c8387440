import type { LoadBalancerConfig } from "../config/schema";
import type { Attachment } from "./routes";

/**
 * URL of a container behind the load balancer, without a slash at its end: `/health` can be appended. Under the first
 * host of its rule, else the load balancer's own name, and under the fixed part of its first path.
 */
export function endpointUrl({ config }: Attachment, loadBalancer: LoadBalancerConfig, dnsName: string): string {
  const host = config.hosts?.find((name) => !/[*?]/.test(name)) ?? dnsName;
  const [path = "/"] = config.paths ?? [];
  const fixed = path.split(/[*?]/)[0] ?? "";
  return `${schemeOf(loadBalancer)}://${host}${fixed.replace(/\/+$/, "")}`;
}

/** URL of the test listener, under the load balancer's own name; undefined without one. */
export function testListenerUrl(loadBalancer: LoadBalancerConfig, dnsName: string): string | undefined {
  const { test } = loadBalancer;
  return test === undefined ? undefined : `${schemeOf(loadBalancer)}://${dnsName}:${test.port}`;
}

const schemeOf = ({ https }: LoadBalancerConfig): "http" | "https" => (https === undefined ? "http" : "https");
