import { setTimeout as pause } from "node:timers/promises";
import type { ApiFault } from "../model/behaviour";
import { AwsFault } from "../model/aws-fault";
import type { Call } from "./call";
import { isForm, protocolOf } from "./wire/protocols";

/** Code, message and status, as a service words it. */
type Words = readonly [code: string, message: string, status: number];

/**
 * How services say that they are asked too often, by signing name: "Common Errors" of their API references, and
 * "Throttling errors" of the SDK's guide. All the rest: `ThrottlingException`, or `Throttling` in the query protocol.
 */
const throttled: Readonly<Record<string, Words>> = {
  ec2: ["RequestLimitExceeded", "Request limit exceeded.", 503],
  s3: ["SlowDown", "Please reduce your request rate.", 503],
  route53: ["Throttling", "Rate exceeded", 400],
  lambda: ["TooManyRequestsException", "Rate Exceeded.", 429],
  dynamodb: ["ThrottlingException", "Rate of requests exceeds the allowed throughput.", 400],
};

/** How services say that it is their own fault, where it is not `InternalFailure`; from the errors in their models. */
const failed: Readonly<Record<string, Words>> = {
  ecs: ["ServerException", "Service Unavailable. Please try again later.", 500],
  ecr: ["ServerException", "Service Unavailable. Please try again later.", 500],
  ec2: ["InternalError", "An internal error has occurred", 500],
  s3: ["InternalError", "We encountered an internal error. Please try again.", 500],
  iam: ["ServiceFailure", "The request processing has failed because of an unknown error, exception or failure.", 500],
  logs: ["ServiceUnavailableException", "The service cannot complete the request.", 503],
  monitoring: ["InternalServiceError", "Request processing has failed due to some unknown error.", 500],
  secretsmanager: ["InternalServiceError", "An error occurred on the server side.", 500],
  ssm: ["InternalServerError", "An error occurred on the server side.", 500],
  "application-autoscaling": ["InternalServiceException", "The service encountered an internal error.", 500],
};

const failedElsewhere: Words = [
  "InternalFailure",
  "The request processing has failed because of an unknown error, exception or failure.",
  500,
];

/**
 * Lets a fault of the API happen. `proceed` when the call goes on (late), `gone` when the connection has been cut.
 *
 * @throws AwsFault for the faults that are answers
 */
export async function suffer(fault: ApiFault, call: Call): Promise<"proceed" | "gone"> {
  switch (fault.kind) {
    case "latency":
      await pause(fault.ms);
      return "proceed";
    case "reset":
      call.request.socket.resetAndDestroy();
      return "gone";
    case "throttle":
      throw worded(wordsFor(throttled, call, throttledElsewhere(call)));
    case "server-error":
      throw worded(wordsFor(failed, call, failedElsewhere));
  }
}

const wordsFor = (table: Readonly<Record<string, Words>>, { credential }: Call, otherwise: Words): Words =>
  (Object.hasOwn(table, credential.service) ? table[credential.service] : undefined) ?? otherwise;

/** CloudWatch keeps its query code in every protocol; clients map it (see `oldCodes` in wire/services.ts). */
function throttledElsewhere({ request, credential }: Call): Words {
  const isQuery = isForm(request.headers) || protocolOf(request.headers, credential.service) === "query";
  return [isQuery || credential.service === "monitoring" ? "Throttling" : "ThrottlingException", "Rate exceeded", 400];
}

const worded = ([code, message, status]: Words): AwsFault => new AwsFault(code, message, status);
