import { containerRows } from "./container-rows";
import { dataRows } from "./data-rows";
import { networkRows } from "./network-rows";
import type { HandlerRow } from "./row";
import { trafficRows } from "./traffic-rows";
import { watchingRows } from "./watching-rows";

/** A row for every resource type. */
export const rows: readonly HandlerRow[] = [
  ...networkRows,
  ...trafficRows,
  ...containerRows,
  ...dataRows,
  ...watchingRows,
];
