import type { IncomingMessage, ServerResponse } from "node:http";
import type { Credential } from "./credential";

/** Where moto listens. */
export interface CloudAddress {
  readonly host: string;
  readonly port: number;
}

/** One signed AWS request, with everything that it takes to answer it. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly credential: Credential;
  /** 12 digits. */
  readonly account: string;
  readonly cloud: CloudAddress;
}
