import * as pulumi from "@pulumi/pulumi";
import { checkAtApply, checkAtDelete, checkInputs } from "../../sandbox/facts/check-inputs";
import { defaultAnswers, type CallAnswer } from "./mock-calls";
import { mockOutputs } from "./mock-outputs";
import { recordRegistrations, unwrapped, type Properties, type Recorded } from "./recorded";

export { dependenciesOf, type Properties, type Recorded, type RecordedOptions } from "./recorded";

export interface MockOptions {
  /** Answers of provider functions by token, before the usual ones. */
  readonly calls?: Readonly<Record<string, CallAnswer>>;
  /** Outputs by resource type, over the usual ones. */
  readonly outputs?: Readonly<Record<string, (resource: { name: string; inputs: Properties }) => Properties>>;
  /** Whole Pulumi configuration, keys with namespace. @default none */
  readonly config?: Readonly<Record<string, string>>;
  /** @default slipway */
  readonly project?: string;
  /** @default staging */
  readonly stack?: string;
}

let refusals: string[] = [];
let isRecording = false;

/** Starts a fresh mocked stack and returns the list that every later registration is added to. */
export async function recordResources(options: MockOptions = {}): Promise<readonly Recorded[]> {
  const recorded: Recorded[] = [];
  refusals = [];
  isRecording = true;
  pulumi.runtime.setAllConfig({ ...options.config });
  const answers = { ...defaultAnswers, ...options.calls };
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ type, name, inputs: marked, custom, id }) => {
      const inputs = unwrapped(marked as Properties);
      if (custom === true) refusals.push(...refusalsOf(type, name, inputs));
      const outputs = { ...mockOutputs({ type, name, inputs }), ...options.outputs?.[type]?.({ name, inputs }) };
      return { id: id || `${name}-id`, state: { ...(marked as Properties), ...outputs } };
    },
    call: ({ token, inputs }) => {
      const answer = answers[token];
      if (answer === undefined) throw new Error(`No mocked answer for ${token}: add it to mock-calls.ts`);
      return typeof answer === "function" ? answer(inputs as Properties) : answer;
    },
  };
  await pulumi.runtime.setMocks(mocks, options.project ?? "slipway", options.stack ?? "staging");
  recordRegistrations(recorded);
  return recorded;
}

/** Waits for every registration; fails when one failed, or when AWS' provider would have refused one. */
export async function settled(): Promise<void> {
  await pulumi.runtime.disconnect();
  const found = refusals;
  refusals = [];
  if (found.length > 0) throw new Error(`AWS' provider would refuse:\n${found.join("\n")}`);
}

/** The value of an output; rejects when the output failed. */
export const valueOf = <T>(output: pulumi.Output<T>): Promise<T> =>
  // `promise` is public in the implementation, but left out of the declarations.
  (output as unknown as { promise(): Promise<T> }).promise();

/** Registrations of one type, in the order they were made. */
export const resourcesOf = (recorded: readonly Recorded[], type: string): readonly Recorded[] =>
  recorded.filter((resource) => resource.type === type);

/** The only registration with this logical name. */
export function resourceNamed(recorded: readonly Recorded[], name: string): Recorded {
  const [found, ...others] = recorded.filter((resource) => resource.name === name);
  if (found !== undefined && others.length === 0) return found;
  throw new Error(`Not one resource named ${name} among ${recorded.map((resource) => resource.name).join(", ")}`);
}

/** What the provider refuses in a preview, AWS at apply, and what would make a later removal fail. */
const checks = [checkInputs, checkAtApply, checkAtDelete];

function refusalsOf(type: string, name: string, inputs: Properties): string[] {
  // Providers have configuration instead of inputs, and no facts.
  if (type.startsWith("pulumi:")) return [];
  return checks.flatMap((check) =>
    check(type, inputs).map(({ property, reason }) => `  ${type} ${name}: ${property} ${reason}`),
  );
}

// A test that never asks for `settled` must not pass by that. (A failing hook ends the whole run: it is the last resort.)
afterEach("nothing that AWS' provider would refuse", async () => {
  if (!isRecording) return;
  isRecording = false;
  await settled();
});
