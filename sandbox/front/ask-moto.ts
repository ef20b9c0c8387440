import { isDeepStrictEqual } from "node:util";
import type { Input } from "../model/service-api";
import type { Call } from "./call";
import { askCloud, type CloudAnswer } from "./cloud-client";
import { endToEnd } from "./hop-by-hop";
import { jsonOf } from "./wire/json";
import { cborPath, formOf, protocols, type ProtocolName } from "./wire/protocols";
import { parametersOf } from "./wire/query";
import type { Received } from "./wire/received";

/** A call of a named operation, read whole. */
export interface Asking {
  readonly call: Call;
  readonly received: Received;
  readonly protocol: ProtocolName;
  readonly operation: string;
}

/** What moto is asked instead of what came. */
interface Change {
  readonly from: Input;
  readonly to: Input;
}

/** Asks moto what the caller asked, or what became of it. moto knows no CBOR: it is asked in JSON then. */
export async function askMoto(asking: Asking, change?: Change): Promise<CloudAnswer> {
  const { call, received, protocol } = asking;
  const { method, url: path } = received;
  const asIs = {
    method,
    path,
    headers: { ...endToEnd(received.headers), expect: undefined, "x-moto-account-id": call.account },
    body: received.body,
  };
  switch (protocol) {
    case "json":
      return askCloud(call.cloud, change ? { ...asIs, body: jsonOf(change.to) } : asIs);
    case "query":
      return askCloud(
        call.cloud,
        change ? { ...asIs, method: "POST", path: "/", body: formWith(received, change) } : asIs,
      );
    case "cbor":
      return askCloud(call.cloud, {
        method: "POST",
        path: "/",
        headers: {
          ...asIs.headers,
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": `${cborPath(received.url)?.service}.${asking.operation}`,
          "smithy-protocol": undefined,
        },
        body: jsonOf(change?.to ?? protocols.cbor.input(received)),
      });
  }
}

/** Only what has changed is written anew: a member that was understood wrongly (a map, for example) stays as it came. */
function formWith(received: Received, { from, to }: Change): string {
  const form = formOf(received);
  const names = new Set([...Object.keys(from), ...Object.keys(to)]);
  for (const changed of [...names].filter((name) => !isDeepStrictEqual(from[name], to[name]))) {
    for (const name of [...form.keys()]) if (name.split(".")[0] === changed) form.delete(name);
    for (const [name, value] of parametersOf({ [changed]: to[changed] })) form.append(name, value);
  }
  return form.toString();
}
