import { Metadata, status } from "@grpc/grpc-js";
import type { ServiceError } from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { describeError } from "../aws-error";
import { HalfMade } from "../lifecycle/create";
import { structOf } from "./messages";

/** The protocol's form of an error. A half made resource travels with its id and state, so that the engine records it. */
export function fault(error: unknown): Partial<ServiceError> {
  const metadata = new Metadata();
  if (error instanceof HalfMade) metadata.add("grpc-status-details-bin", halfMadeDetails(error));
  return { code: status.UNKNOWN, details: describeError(error), metadata };
}

function halfMadeDetails(error: HalfMade): Buffer {
  const detail = new ErrorResourceInitFailed()
    .setId(error.id)
    .setProperties(structOf(error.properties))
    .setInputs(structOf(error.inputs))
    .setReasonsList([error.message]);
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const wrapper = new Status();
  wrapper.setCode(status.UNKNOWN);
  wrapper.setMessage(error.message);
  wrapper.addDetails(packed);
  return Buffer.from(wrapper.serializeBinary());
}
