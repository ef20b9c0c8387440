import type { StackConfig } from "../../infra/config/schema";
import type { Slot } from "../../infra/releases";
import type { Context } from "../context";
import type { StackFacts } from "./stack-facts";

/** Header by which the test listener chooses the slot. */
export const slotHeader = "x-slipway-slot";

/** A listener, and whether this machine gets an answer from it. */
export interface Entrance {
  /** `http(s)://<dns>`, with the port when it is not the scheme's own. */
  readonly url: string;
  readonly reachable: boolean;
}

/** Where requests can come in; null where the stack has no such listener. */
export interface Entrances {
  readonly live: Entrance | null;
  /** The test listener. */
  readonly idle: Entrance | null;
}

/** An answer comes within milliseconds; a closed security group keeps silent. */
const probeTimeoutMs = 2_000;

/**
 * Tries both listeners: an internal load balancer, or a test listener that is open to the VPC only, does not answer
 * everywhere. Any answer will do, because what is asked is only whether there is a way.
 */
export async function findEntrances(
  { http, config }: Pick<Context, "http"> & { readonly config: Pick<StackConfig, "loadBalancer"> },
  facts: Pick<StackFacts, "loadBalancerDns" | "testListenerUrl">,
  live: Slot,
): Promise<Entrances> {
  const probe = async (url: string | null, headers: Readonly<Record<string, string>>): Promise<Entrance | null> => {
    if (url === null) return null;
    const answer = await http.get({ url: `${url}/`, headers, timeoutMs: probeTimeoutMs, verifyCertificate: false });
    return { url, reachable: answer.kind === "answered" };
  };
  const scheme = config.loadBalancer?.https === undefined ? "http" : "https";
  const [main, test] = await Promise.all([
    probe(facts.loadBalancerDns === null ? null : `${scheme}://${facts.loadBalancerDns}`, {}),
    probe(facts.testListenerUrl, { [slotHeader]: live }),
  ]);
  return { live: main, idle: test };
}
