import { AwsFault } from "../model/aws-fault";
import { ecsDimension } from "./model";

/** @param verb as the API words it: nothing is `registered` when a policy is put, and nothing `found` to be deregistered */
export const noTarget = (verb: "found" | "registered", resourceId: string): AwsFault =>
  new AwsFault(
    "ObjectNotFoundException",
    `No scalable target ${verb} for service namespace: ecs, resource ID: ${resourceId}, scalable dimension: ${ecsDimension}`,
  );
