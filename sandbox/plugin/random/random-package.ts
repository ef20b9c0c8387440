import type { Handler, HandlerContext } from "../handler";
import { NotRealised } from "../provider-package";
import type { ProviderPackage } from "../provider-package";
import { randomValues } from "./values";
import type { RandomValue } from "./values";

/** The random provider: values are made once and then live in the state alone. */
export function randomPackage(version: string): ProviderPackage {
  return {
    name: "random",
    version,
    async handlerOf(type) {
      const value = randomValues[type];
      if (value === undefined)
        throw new NotRealised(`resource type ${type}`, "randomValues in sandbox/plugin/random/values.ts");
      return handlerFor(value);
    },
    async invokeOf(token) {
      throw new NotRealised(`function ${token}`, "sandbox/plugin/random/random-package.ts");
    },
    secretOutputs: { "random:index/randomPassword:RandomPassword": ["result"] },
    derivedOutputs: {},
    connect: async () => nowhere,
  };
}

function handlerFor(value: RandomValue): Handler {
  return {
    async create(inputs) {
      const { id, outputs } = value(inputs);
      return { id, outputs: { ...inputs, ...outputs, id } };
    },
    // An import has no state to read; there is nothing behind the id that could tell more.
    read: async (_id, state) => state,
    update: async (_id, state, inputs) => ({ ...state, ...inputs }),
    delete: async () => undefined,
  };
}

/** Random values need no cloud. */
const nowhere: HandlerContext = {
  account: "000000000000",
  region: "nowhere",
  client: () => {
    throw new Error("The random provider has no cloud behind it");
  },
  created: () => undefined,
  until: async () => {
    throw new Error("The random provider waits for nothing");
  },
};
