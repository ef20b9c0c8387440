/** Addressable parts of an environment, in the order in which they are built; destroy walks backwards. */
export const layers = ["dns", "network", "database", "services", "alarms", "identity"] as const;
export type Layer = (typeof layers)[number];

/** Whether a run that ends with one layer comes to another; a run without an end comes to all. */
export const comesTo = (layer: Layer, last: Layer | undefined): boolean =>
  last === undefined || layers.indexOf(layer) <= layers.indexOf(last);
