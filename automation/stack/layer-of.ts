import { layers, type Layer } from "../model/layer";

/** Layers whose resources stand on the given one, as far as they are there. Identity stands on nothing and carries nothing. */
export function dependentLayers(layer: Layer, present: readonly Layer[]): readonly Layer[] {
  if (layer === "identity") return [];
  return layers.filter(
    (other) => other !== "identity" && layers.indexOf(other) > layers.indexOf(layer) && present.includes(other),
  );
}

/** The layer that a resource belongs to, from the component types in its URN; undefined for the provider and the stack itself. */
export function layerOf(urn: string): Layer | undefined {
  const word = /::slipway:([a-z-]+):/.exec(urn)?.[1];
  return layers.find((layer) => layer === word);
}
