import type { Images, Slot } from "../../../infra/releases";

/** What a service ran when a release of the stack had succeeded. */
export interface PointService {
  readonly version: string;
  /** By container, pinned where they could be. */
  readonly images: Images;
  /** ARN. */
  readonly taskDefinition: string;
  readonly desired: number;
  readonly slot: Slot;
}

/** A state of the environment that worked, to go back to. */
export interface RollbackPoint {
  readonly schema: 1;
  /** `20261121-170345-web`: time and what was released. */
  readonly id: string;
  /** ISO 8601, machine time. */
  readonly at: string;
  readonly environment: string;
  readonly stack: string;
  /** Release that led to it; null for what was found running before the first one. */
  readonly release: string | null;
  /** Services whose version this release changed. */
  readonly released: readonly string[];
  /** Every service of the stack. */
  readonly services: Readonly<Record<string, PointService>>;
  /** Snapshot of the database that belongs to it. */
  readonly snapshot?: string;
}
