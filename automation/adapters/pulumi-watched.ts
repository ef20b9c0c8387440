import { executionPolicyName, slotNames } from "../../infra/service/slots";
import { serviceType, taskDefinitionType } from "../model/release/image-difference";
import type { SlotName } from "../ports/engine";
import { containsSecret } from "./pulumi-secrets";
import { nameOfUrn } from "./pulumi-targets";
import type { ExportedDeployment } from "./pulumi-state";

/** A resource that the gate of a release reads. `isHeld`: it is registered when the gate has decided. */
export interface Watched {
  readonly type: string;
  readonly name: string;
  readonly isHeld: boolean;
}

/** All resources need it, so it waits for itself alone. */
export const watchedProvider: Watched = { type: "pulumi:providers:aws", name: "aws", isHeld: true };

export const watchedBy = (slots: readonly SlotName[]): readonly Watched[] => [
  ...slots.flatMap(({ service, slot }) => {
    const names = slotNames(service, slot);
    return [
      { type: taskDefinitionType, name: names.task, isHeld: true },
      { type: serviceType, name: names.service, isHeld: true },
      // An image of another repository needs other rights, which this run must not change.
      { type: "aws:iam/rolePolicy:RolePolicy", name: executionPolicyName(service), isHeld: false },
    ];
  }),
  watchedProvider,
];

/** Whether a secret is in what the gate compares, or among the outputs, which the run gives once more. */
export const gateReadsSecrets = (deployment: ExportedDeployment | null, watched: readonly Watched[]): boolean =>
  (deployment?.resources ?? []).some(({ type, urn, inputs, outputs }) =>
    type === "pulumi:pulumi:Stack"
      ? containsSecret(outputs)
      : watched.some((one) => one.type === type && one.name === nameOfUrn(urn)) && containsSecret(inputs),
  );
