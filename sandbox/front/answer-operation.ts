import { randomUUID } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import { AwsFault } from "../model/aws-fault";
import type { Answer, Caller, Operation } from "../model/service-api";
import { askMoto, type Asking } from "./ask-moto";
import type { Call } from "./call";
import type { CloudAnswer } from "./cloud-client";
import { faultIn, fieldsIn, isPageForPeople } from "./cloud-fault";
import { endToEnd } from "./hop-by-hop";
import { withDates } from "./wire/dates";
import { protocols, type ProtocolName } from "./wire/protocols";
import type { Received } from "./wire/received";
import { wireFacts } from "./wire/services";

interface Routed {
  readonly protocol: ProtocolName;
  readonly operation: string | undefined;
  /** Undefined when moto answers alone. */
  readonly known: Operation | undefined;
}

/** Answers a call that has been read whole: here, by moto, or by both. @throws AwsFault */
export async function answerOperation(call: Call, received: Received, routed: Routed): Promise<void> {
  const { protocol, operation, known } = routed;
  if (operation === undefined) throw nameless(protocol);
  const asking: Asking = { call, received, protocol, operation };
  // moto takes JSON that is cut off for an empty one.
  if (!known && protocol === "json") protocols.json.input(received);
  if (!known) return hand(asking, await askMoto(asking));
  const input = protocols[protocol].input(received);
  const caller = callerOf(call);
  switch (known.kind) {
    case "own":
      return tell(asking, await known.answer(input, caller));
    case "watched": {
      const changed = (await known.before?.(input, caller)) ?? input;
      const answer = await askMoto(asking, changed === input ? undefined : { from: input, to: changed });
      if (answer.status < 400) await known.after?.(changed, caller);
      return hand(asking, answer);
    }
    case "mended": {
      if (protocol === "query") throw new Error(`${operation} is mended, which the XML of a query cannot be.`);
      const answer = await askMoto(asking);
      return tell(asking, await known.mend(fieldsOf(asking, answer), input, caller));
    }
  }
}

const callerOf = ({ credential, account }: Call): Caller => ({
  account,
  region: credential.region,
  accessKeyId: credential.accessKeyId,
});

/** As the protocols' front doors say it. */
const nameless = (protocol: ProtocolName): AwsFault =>
  protocol === "query"
    ? new AwsFault("MissingAction", "The request must contain the parameter Action.")
    : new AwsFault("UnknownOperationException", "The request does not name an operation.");

/** Hands moto's answer on; as it is, unless the caller would not understand it. */
function hand(asking: Asking, answer: CloudAnswer): void {
  const { call, protocol } = asking;
  const { service } = call.credential;
  const isStrange = protocol === "cbor" || isPageForPeople(answer.status, answer.headers["content-type"]);
  if (isStrange || (answer.status >= 400 && wireFacts(service).oldCodes)) {
    return tell(asking, fieldsOf(asking, answer));
  }
  send(call, answer.status, endToEnd(answer.headers), answer.body);
}

/** The members of moto's JSON. @throws AwsFault when it is an error */
function fieldsOf({ call, protocol, operation }: Asking, answer: CloudAnswer): Answer {
  const { service } = call.credential;
  const fault = faultIn(answer, `${service}:${operation}`);
  if (fault?.code === "UnknownOperationException")
    throw new AwsFault(protocols[protocol].unknownOperation, fault.message);
  if (fault) throw fault;
  const fields = fieldsIn(answer.body.toString()) ?? {};
  const { dates } = wireFacts(service);
  return protocol === "cbor" && dates ? withDates(fields, dates) : fields;
}

function tell({ call, received, protocol, operation }: Asking, answer: Answer): void {
  const requestId = randomUUID();
  const asked = { service: call.credential.service, operation, headers: received.headers, requestId };
  const { headers, body } = protocols[protocol].answer(asked, answer);
  send(call, 200, { ...headers, "x-amzn-requestid": requestId }, body);
}

function send({ response }: Call, status: number, headers: OutgoingHttpHeaders, body: Buffer): void {
  // The caller may have gone while the answer was made.
  if (response.destroyed) return;
  const known = Object.entries(headers).filter(([name]) => name !== "content-length");
  response.writeHead(status, { ...Object.fromEntries(known), "content-length": body.length });
  response.end(body);
}
