import type { Faults } from "../model/behaviour";
import type { ApiTable } from "./api-table";
import { suffer } from "./api-fault";
import { answerOperation } from "./answer-operation";
import type { Call } from "./call";
import { passThrough } from "./pass-through";
import { formOf, isForm, protocolOf, protocols } from "./wire/protocols";
import { receive, type Received } from "./wire/received";
import { wireFacts } from "./wire/services";

/** Who answers, and what goes wrong before that. */
export interface Dispatching {
  readonly table: ApiTable;
  readonly faults: Pick<Faults, "apiFault">;
}

/** Answers one call. @throws AwsFault what the caller is to be told; anything else is a bug */
export async function dispatch(call: Call, { table, faults }: Dispatching): Promise<void> {
  const { service } = call.credential;
  const protocol = protocolOf(call.request.headers, service);
  // Only what is read here is read whole: an upload to S3 may be larger than this process.
  const isRead = table.has(service) || protocol === "cbor" || isForm(call.request.headers);
  const received = isRead ? await receive(call.request) : undefined;
  const operation = protocols[protocol].operation(received ?? unread(call));

  const fault = faults.apiFault(service, operation);
  if (fault && (await suffer(fault, call)) === "gone") return;

  if (!received) return passThrough(call);
  const isOthers = protocol === "query" && isAnotherVersion(service, received);
  await answerOperation(call, received, {
    protocol,
    operation,
    known: operation === undefined || isOthers ? undefined : table.find(service, operation),
  });
}

const unread = ({ request }: Call): Received => ({
  method: request.method ?? "GET",
  url: request.url ?? "/",
  headers: request.headers,
  body: Buffer.alloc(0),
});

function isAnotherVersion(service: string, received: Received): boolean {
  const { version } = wireFacts(service);
  const asked = formOf(received).get("Version");
  return version !== undefined && asked !== null && asked !== version;
}
