import { z } from "zod";
import { retentionDays } from "./fields";

/** Every log group has a retention; there is no "for ever" by accident. */
export const logsSchema = z.strictObject({ retentionDays: retentionDays.default(30) }).prefault({});
