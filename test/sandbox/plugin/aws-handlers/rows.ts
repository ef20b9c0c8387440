import { containerRows } from "./container-rows";
import { dataRows } from "./data-rows";
import { dnsRows } from "./dns-rows";
import { iamRows } from "./iam-rows";
import { networkRows } from "./network-rows";
import type { HandlerRow } from "./row";
import { securityGroupRows } from "./security-group-rows";
import { trafficRows } from "./traffic-rows";
import { watchingRows } from "./watching-rows";

/** A row for every resource type. */
export const rows: readonly HandlerRow[] = [
  ...networkRows,
  ...securityGroupRows,
  ...trafficRows,
  ...dnsRows,
  ...containerRows,
  ...dataRows,
  ...iamRows,
  ...watchingRows,
];
