import type { EngineState, StateResource } from "../ports/engine";
import { maskProperties } from "./pulumi-secrets";
import { nameOfUrn } from "./pulumi-targets";

/** A resource as `pulumi stack export` writes it. */
export interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly id?: string;
  readonly protect?: boolean;
  readonly delete?: boolean;
  /** Of every property that the program declared, what it stands on. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>> | null;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** What `pulumi stack export` prints below `deployment`, version 3. */
export interface ExportedDeployment {
  readonly resources?: readonly ExportedResource[] | null;
  readonly pending_operations?: readonly { readonly type: string; readonly resource: ExportedResource }[] | null;
}

/** The state without secrets. A never deployed stack has none of the lists. What only waits for its deletion after a replacement is listed too. */
export function stateOf(deployment: ExportedDeployment | null | undefined): EngineState {
  return {
    resources: (deployment?.resources ?? []).map(stateResource),
    pendingOperations: (deployment?.pending_operations ?? []).map(({ type, resource }) => ({
      urn: resource.urn,
      operation: type,
    })),
  };
}

const stateResource = ({ urn, type, id, custom, protect, inputs, outputs }: ExportedResource): StateResource => ({
  urn,
  type,
  name: nameOfUrn(urn),
  id: id ?? "",
  custom: custom ?? false,
  protect: protect ?? false,
  inputs: maskProperties(inputs),
  outputs: maskProperties(outputs),
});

/** Inputs by which AWS itself refuses a deletion; the program takes them off when it is told to tear down. */
const guardInputs: readonly { readonly input: string; readonly reason: string }[] = [
  { input: "deletionProtection", reason: "RDS refuses to delete the database" },
  { input: "enableDeletionProtection", reason: "Elastic Load Balancing refuses to delete the load balancer" },
];

/** URNs of the resources that cannot be deleted as they are: `protect` in the state, or a guard at AWS. */
export function guardedUrns(state: EngineState): readonly string[] {
  return state.resources
    .filter(({ protect, inputs }) => protect || guardInputs.some(({ input }) => inputs[input] === true))
    .map(({ urn }) => urn);
}
