import { layers, type Layer } from "../model/layer";

export interface StackName {
  readonly stack: string;
  readonly project: string;
}

/** All resources of a layer: they sit below a component of it, and a URN holds the types of all that is above. */
export const layerPattern = ({ stack, project }: StackName, layer: Layer): string =>
  `urn:pulumi:${stack}::${project}::slipway:${layer}:**`;

/** The layer that a URN belongs to; undefined for the provider, the stack itself and what is not ours. */
export function layerOfUrn(urn: string): Layer | undefined {
  const word = /::slipway:([a-z-]+):/.exec(urn)?.[1];
  return layers.find((layer) => layer === word);
}

/** The name at the end of a URN. */
export const nameOfUrn = (urn: string): string => urn.split("::").at(-1) ?? urn;
