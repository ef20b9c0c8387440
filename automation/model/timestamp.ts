/** `YYYYMMDD-HHMMSS` in UTC: for names and ids that sort by time. */
export const timestamp = (date: Date): string => date.toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
