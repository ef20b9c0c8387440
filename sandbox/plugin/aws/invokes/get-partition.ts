import type { Invoke } from "../../handler";
import { partitionOf } from "../arn";

/** `aws:index/getPartition:getPartition`: follows from the region. */
export const getPartition: Invoke = async (_args, context) => {
  const partition = partitionOf(context.region);
  const dnsSuffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return { id: partition, partition, dnsSuffix, reverseDnsPrefix: dnsSuffix.split(".").reverse().join(".") };
};
