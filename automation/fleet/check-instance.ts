import type { Context } from "../context";
import type { Fleet } from "../model/fleet/fleet";
import type { InstanceAnswer } from "../ports/instances";
import { faultsOf } from "../release/checks";

/** Whether an instance is healthy with a version: by commands on it, or by a request to its private address. */
export async function checkInstance(
  { instances, http }: Pick<Context, "instances" | "http">,
  component: string,
  fleet: Fleet,
  instance: string,
  version: string,
): Promise<InstanceAnswer> {
  if ("commands" in fleet.check) return instances.check(instance, fleet.check.commands, version);
  const { port, path, status, json } = fleet.check.http;
  const address = (await instances.describe(component, fleet)).find(({ id }) => id === instance)?.privateAddress;
  if (address == null) return { kind: "failed", text: "it has no private address" };
  const filled = Object.entries(json).map(([name, value]) => [
    name,
    typeof value === "string" ? value.replaceAll("{version}", version) : value,
  ]);
  const expected = { status, json: Object.fromEntries(filled) as typeof json };
  const faults = faultsOf(expected, await http.get({ url: `http://${address}:${port}${path}` }));
  return faults.length === 0 ? { kind: "ok" } : { kind: "failed", text: faults.join("; ") };
}
