import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import type { SlotName } from "../ports/engine";
import { declarationFindings, declaredBefore, keyOf, rememberedState, type Finding } from "./pulumi-declaration";
import { gateRefusal } from "./pulumi-gate-refusal";
import { asOutput } from "./pulumi-remembered";
import type { ExportedDeployment, ExportedResource } from "./pulumi-state";
import { watchedBy, watchedProvider } from "./pulumi-watched";

export interface ImageGateOptions {
  readonly stack: string;
  readonly slots: readonly SlotName[];
  /** With the secrets in the clear that the gate reads: configuration may have put one into a container's environment. */
  readonly state: Promise<ExportedDeployment | null>;
  /** Told once, why nothing was applied. */
  readonly refused: (reason: unknown) => void;
}

/**
 * Runs a program such that nothing but images can be applied to the slots. What it declares for them, their provider and
 * the rights to pull the images is compared with what the state has. Task definitions and services are registered when
 * all of it has been read: as they are declared, or, when anything differs, as they are; and then the program fails.
 * (To leave them out would leave for ever what stands on them, and the run with it.) A property is handed over later
 * and not otherwise, so the state keeps the same dependencies. A transformation belongs to one run of a program.
 */
export async function runGated(program: PulumiFn, options: ImageGateOptions): Promise<Record<string, unknown>> {
  const { stack, slots, refused } = options;
  const watched = watchedBy(slots);
  const state = rememberedState(await options.state);
  const refuse = (reason: unknown): never => {
    refused(reason);
    // No reason for the engine: what it is told goes into logs.
    throw new pulumi.RunError("The gate of the release is closed.");
  };
  const fresh = watched.filter(({ type, name }) => !state.has(keyOf(type, name)));
  if (fresh.length > 0)
    refuse(
      gateRefusal(
        stack,
        fresh.map(({ name }) => ({ kind: "not-deployed", name })),
      ),
    );

  const declared = new Map<pulumi.Resource, string>();
  const findings: Promise<readonly Finding[]>[] = [];
  let programHasRun: (hasRun: boolean) => void = () => undefined;
  const whole = new Promise<boolean>((resolve) => (programHasRun = resolve));
  const verdict = whole.then(async (hasRun): Promise<readonly Finding[]> => {
    const keys = new Set(declared.values());
    const gone = watched.filter(({ type, name }) => !keys.has(keyOf(type, name)));
    const undeclared = gone.map(({ name }): Finding => ({ kind: "undeclared", name }));
    return [...(await Promise.all(findings)).flat(), ...(hasRun ? undeclared : [{ kind: "unread" } as const])];
  });

  pulumi.runtime.registerStackTransformation((args) => {
    const key = keyOf(args.type, args.name);
    declared.set(args.resource, key);
    const found = watched.find(({ type, name }) => type === args.type && name === args.name);
    const before = state.get(key);
    if (found === undefined || before === undefined) return undefined;
    // Whatever cannot be read is not equal.
    const read = declarationFindings(args, before, state, declared).catch(() => [{ kind: "unread" } as const]);
    findings.push(read);
    return found.isHeld ? held(args, before, isClean(found === watchedProvider ? read : verdict)) : undefined;
  });

  try {
    const outputs = (await program()) ?? {};
    programHasRun(true);
    const found = await verdict;
    return found.length === 0 ? outputs : refuse(gateRefusal(stack, found));
  } finally {
    programHasRun(false);
  }
}

const isClean = async (found: Promise<readonly Finding[]>): Promise<boolean> => (await found).length === 0;

/** Properties that wait for the gate: then they are the declared ones, or those that the resource has. */
function held(
  { props, opts }: pulumi.ResourceTransformationArgs,
  before: ExportedResource,
  isOpen: Promise<boolean>,
): pulumi.ResourceTransformationResult {
  const now = props as Readonly<Record<string, unknown>>;
  const had = declaredBefore(before);
  const keys = new Set([...Object.keys(now), ...Object.keys(had)]);
  const waiting = [...keys].map((key) => {
    const kept = (): unknown =>
      key in had ? pulumi.output(now[key] as string).apply(() => asOutput(had[key])) : undefined;
    return [key, isOpen.then((open) => (open ? now[key] : kept()))] as const;
  });
  return { props: Object.fromEntries(waiting), opts };
}
