import type { Handler, HandlerContext, Invoke } from "./handler";
import type { ProviderConfig } from "./provider-config";

/** One provider: what the generic server needs to know to stand in for it. */
export interface ProviderPackage {
  readonly name: string;
  /** Version of the SDK package that the programs use; the engine compares it. */
  readonly version: string;
  /** The handler of a type token; an error names the table to add one to. Loads it on first use. */
  handlerOf(type: string): Promise<Handler>;
  /** The function behind a token such as `aws:index/getRegion:getRegion`. */
  invokeOf(token: string): Promise<Invoke>;
  /** Outputs that are secret by nature, whatever the inputs were; by type token. */
  readonly secretOutputs: Readonly<Record<string, readonly string[]>>;
  /** Outputs that an update of an input changes, so that a preview must not promise the old ones; by type and input. */
  readonly derivedOutputs: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Makes what the handlers reach; refuses an account that the configuration does not allow. */
  connect(config: ProviderConfig): Promise<HandlerContext>;
}

/** No handler for a type, or no function for a token: a gap in the sandbox, told with the place to fill it. */
export class NotRealised extends Error {
  constructor(what: string, table: string) {
    super(`The sandbox does not realise ${what} yet: add it to ${table}`);
    this.name = "NotRealised";
  }
}
