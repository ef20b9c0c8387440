import type { StartFault } from "../../model/behaviour";
import type { Moto } from "../../model/moto";
import type { ContainerDefinition, TaskDefinition } from "../definition";
import type { TaskState } from "../life/task-state";
import type { Pins } from "./pins";
import { forbidden, missing, pullFailure, unreachable } from "./pull";
import { missingRole } from "./roles";
import { roleDenied, secretsUnreachable, secretValues, type SecretValues } from "./secret-values";
import { failedToStart, type StartFailure } from "./start-failure";

/** Somebody may have asked for a failure; asked anew before each step. */
export type AskFault = (container: ContainerDefinition) => StartFault | undefined;

/** Values of secrets by container. */
export type SecretsByContainer = ReadonlyMap<string, SecretValues>;

/** Reads roles and secrets of a task: what Fargate does before it pulls. */
export async function readSecrets(
  moto: Moto,
  state: TaskState,
  definition: TaskDefinition,
  ask: AskFault,
): Promise<SecretsByContainer | StartFailure> {
  const role = await missingRole(moto, state, definition);
  if (role !== undefined) return failedToStart(role);
  const values = new Map<string, SecretValues>();
  for (const container of definition.containers) {
    const secret = container.secrets[0]?.valueFrom;
    const fault = ask(container)?.kind;
    if (fault === "role-denied") {
      return failedToStart(roleDenied(state, definition.executionRoleArn, state.id, secret), { isRetried: true });
    }
    if (fault === "secrets-unreachable" && secret !== undefined) {
      return failedToStart(secretsUnreachable(state, secret), { isRetried: true });
    }
    const read = await secretValues(moto, state, container);
    if ("code" in read) return read;
    values.set(container.name, read);
  }
  return values;
}

/** What was found of one container's image. */
export interface PulledImage {
  readonly digest: string;
  readonly tag: string | undefined;
}

const pullFaults: Readonly<Partial<Record<StartFault["kind"], (image: string) => string>>> = {
  "registry-unreachable": unreachable,
  "registry-denied": forbidden,
  "image-missing": missing,
};

/** Pulls all images of a task. */
export async function pullImages(
  pins: Pins,
  state: TaskState,
  definition: TaskDefinition,
  ask: AskFault,
): Promise<ReadonlyMap<string, PulledImage> | StartFailure> {
  const images = new Map<string, PulledImage>();
  for (const container of definition.containers) {
    const fault = ask(container);
    const text = fault && pullFaults[fault.kind]?.(container.image);
    if (text !== undefined) return pullFailure(text, container.name);
    const pulled = await pins.pull(state.order, container);
    if (pulled.kind === "refused") return pullFailure(pulled.text, container.name);
    images.set(container.name, pulled);
  }
  return images;
}
