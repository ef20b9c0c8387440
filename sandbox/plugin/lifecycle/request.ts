import type { HandlerContext } from "../handler";
import type { ProviderConfig } from "../provider-config";
import type { ProviderPackage } from "../provider-package";

/** What an operation on a resource may use. */
export interface Session {
  readonly provider: ProviderPackage;
  readonly config: ProviderConfig;
  /** Throws until the provider is configured. */
  readonly context: HandlerContext;
  /** The engine was interrupted: it waits for what is in flight, so that must come to an end soon. */
  readonly isCancelled: () => boolean;
}

/** Property bag as it travels: secrets and unknown values wrapped. */
export type Wire = Readonly<Record<string, unknown>>;
