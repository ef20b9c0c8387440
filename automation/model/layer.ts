/** Addressable parts of an environment, in the order in which they are built; destroy walks backwards. */
export const layers = ["dns", "network", "database", "services", "alarms", "identity"] as const;
export type Layer = (typeof layers)[number];
