import { randomBytes } from "node:crypto";

/** Makes values for X-Amzn-Trace-Id: `1-<8 hex: seconds>-<24 hex>` (ALB user guide, "Request tracing"). */
export class TraceIds {
  // Random numbers for every request would cost more than all the rest of its headers.
  private readonly prefix = randomBytes(6).toString("hex");
  private count = 0;

  /** @param now milliseconds */
  next(now: number): string {
    this.count++;
    const seconds = Math.floor(now / 1000).toString(16);
    return `1-${seconds.padStart(8, "0")}-${this.prefix}${this.count.toString(16).padStart(12, "0")}`;
  }
}
