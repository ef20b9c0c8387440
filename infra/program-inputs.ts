import type { Layer } from "./layers";
import type { Releases } from "./releases";

/** What a run of the program is told besides its configuration. The driver passes it by closure; `infra/main.ts` passes the clock only. */
export interface ProgramInputs {
  /** Start of the run as `YYYYMMDD-HHMMSS` in UTC; used for `{timestamp}` on the very first deployment only. */
  readonly startedAt: string;
  /** The next releases, by service; a service that is missing keeps what the stack remembers. @default nothing */
  readonly releases?: Releases;
  /** What services begin with that the stack does not know yet. @default the images of their configuration */
  readonly firstReleases?: Releases;
  /** Takes off what guards data (`protect`, RDS and load balancer deletion protection), as the step before a destroy. @default false */
  readonly teardown?: boolean;
  /**
   * The last layer to declare. What stands on it would only be skipped, and what a skipped resource leaves open (its
   * ARN, its host name) cannot be computed with. @default all layers
   */
  readonly layer?: Layer;
  /**
   * Of the services only these, with all that they stand on and all that stands on them, for a run that is bounded to
   * them. Its outputs are the remembered ones and `releases`. @default all services
   */
  readonly services?: readonly string[];
}
