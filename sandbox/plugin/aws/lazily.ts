import type { Handler } from "../handler";

/**
 * A handler that is loaded when it is first used. Each AWS client takes its time to load, and a preview needs none.
 */
export function lazily(load: () => Promise<Handler>): Handler {
  return {
    create: async (inputs, context) => (await load()).create(inputs, context),
    read: async (id, state, context) => (await load()).read(id, state, context),
    update: async (id, state, inputs, context) => (await load()).update(id, state, inputs, context),
    delete: async (id, state, context) => (await load()).delete(id, state, context),
  };
}
