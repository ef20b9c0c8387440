import type { PulumiFn } from "@pulumi/pulumi/automation";
import type { ProgramInputs } from "../../infra/program-inputs";
import { slots as allSlots } from "../../infra/releases";
import { slotNames } from "../../infra/service/slots";
import { serviceType, taskDefinitionType } from "../model/release/image-difference";
import {
  commitRules,
  imageRules,
  isMovedByRelease,
  liveOutputs,
  movedByRelease,
  scalingTypes,
  strayChanges,
} from "../model/release/release-rules";
import type { CommitRun, Engine, EngineResult, ImageRun, PreviewResult, SyncRun } from "../ports/engine";
import { strayEnd, strayRefusal } from "./pulumi-gate-refusal";
import type { ExportedDeployment } from "./pulumi-state";
import { nameOfUrn, type StackName } from "./pulumi-targets";
import { gateReadsSecrets, watchedBy } from "./pulumi-watched";
import type { StackRunner } from "./stack-runner";

export interface ReleaseEngineOptions extends StackName {
  /** A runner of the program with these inputs; `around` runs it. */
  readonly runnerWith: (inputs: Partial<ProgramInputs>, around?: (program: PulumiFn) => PulumiFn) => StackRunner;
  /** Previews into a plan file. */
  readonly preview: (
    runner: StackRunner,
    run: Pick<ImageRun, "onProgress" | "signal">,
    scope: Readonly<Record<string, unknown>>,
  ) => Promise<Omit<PreviewResult, "exists">>;
  readonly discardPlan: (planFile: string) => Promise<void>;
}

/** The runs of a release: they change a few resources of known names, and nothing else. */
export function releaseEngine(
  options: ReleaseEngineOptions,
): Pick<Engine, "applyImages" | "previewImages" | "commitReleases" | "syncReleases"> {
  const { stack } = options;

  const images = async (operation: "up" | "preview", { releases, slots, ...run }: ImageRun): Promise<EngineResult> => {
    let refusal: unknown;
    const gated =
      (program: PulumiFn): PulumiFn =>
      async () => {
        const { runGated } = await import("./pulumi-image-gate");
        const outputs = await runGated(program, { stack, slots, state, refused: (reason) => (refusal = reason) });
        return withRememberedOutputs(outputs, await state);
      };
    const services = [...new Set(slots.map(({ service }) => service))];
    const runner = options.runnerWith({ releases, services }, gated);
    // Beside the start of the engine, which takes as long. What another engine does to the state until this one has its
    // lock would be seen in the changes.
    const state = stateForGate(runner, slots);
    state.catch(() => undefined);
    const target = slots.flatMap(({ service, slot }) => {
      const names = slotNames(service, slot);
      return [serviceUrn(options, taskDefinitionType, names.task), serviceUrn(options, serviceType, names.service)];
    });
    const result = await runner
      .run(operation, run, (opened, wires) => opened[operation]({ target, targetDependents: false, ...wires }))
      .catch((error: unknown) => {
        throw refusal ?? error;
      });
    const strays = strayChanges(imageRules, result.changes);
    if (strays.length > 0) throw operation === "up" ? strayEnd(stack, strays) : strayRefusal(stack, strays);
    return result;
  };

  const commitReleases = async ({ releases, services, ...run }: CommitRun): Promise<EngineResult> => {
    const runner = options.runnerWith({ releases });
    const bounds = { target: services.flatMap((service) => committed(options, service)), targetDependents: false };
    const { changes, changedOutputs = [], planFile } = await options.preview(runner, { ...run }, bounds);
    try {
      const outputs = changedOutputs.filter((name) => !liveOutputs.has(name));
      const strays = [
        ...strayChanges(commitRules, changes),
        ...(outputs.length === 0 ? [] : [{ urn: "", name: "outputs", op: "update", properties: outputs } as const]),
      ];
      if (strays.length > 0) throw strayRefusal(stack, strays);
      return await runner.run("up", run, (opened, wires) => opened.up({ ...bounds, ...wires, plan: planFile }));
    } finally {
      await options.discardPlan(planFile);
    }
  };

  const syncReleases = async ({ services, ...run }: SyncRun): Promise<EngineResult> => {
    const runner = options.runnerWith({});
    const look = (target: readonly string[], previewOnly: boolean): Promise<EngineResult> =>
      runner.run("refresh", run, (opened, wires) =>
        opened.refresh({ target: [...target], targetDependents: false, previewOnly, ...wires }),
      );
    const target = movable(await runner.exported(), services);
    // Without a target the engine would look at everything.
    if (target.length === 0) return { changes: [], durationMs: 0 };
    const seen = await look(target, true);
    const moved = seen.changes.filter(isMovedByRelease).map(({ urn }) => urn);
    return moved.length === 0 ? seen : look(moved, false);
  };

  return {
    syncReleases,
    applyImages: (run) => images("up", run),
    previewImages: (run) => images("preview", run),
    commitReleases,
  };
}

/** Secrets are asked for only where one is read: to have them in the clear takes the engine twice as long. */
async function stateForGate(runner: StackRunner, slots: ImageRun["slots"]): Promise<ExportedDeployment | null> {
  const ciphered = await runner.exported();
  return gateReadsSecrets(ciphered, watchedBy(slots)) ? runner.exported({ secrets: true }) : ciphered;
}

/** ECS services of these services, and whatever forwards to one of their target groups. */
function movable(deployment: ExportedDeployment | null, services: readonly string[]): readonly string[] {
  const resources = deployment?.resources ?? [];
  const names = new Set(services.flatMap((service) => allSlots.map((slot) => slotNames(service, slot).service)));
  const groups = resources.flatMap(({ type, id, inputs }) =>
    type === "aws:lb/targetGroup:TargetGroup" && services.includes(ownerOf(inputs)) ? [id ?? ""] : [],
  );
  return resources
    .filter(({ type, urn, outputs }) =>
      type === serviceType
        ? names.has(nameOfUrn(urn))
        : movedByRelease[type] !== undefined &&
          groups.some((group) => group !== "" && JSON.stringify(outputs ?? {}).includes(group)),
    )
    .map(({ urn }) => urn);
}

/** The service that a resource belongs to, by its tag. */
function ownerOf(inputs: Readonly<Record<string, unknown>> = {}): string {
  const { tags } = inputs as { readonly tags?: { readonly Service?: unknown } };
  return typeof tags?.Service === "string" ? tags.Service : "";
}

const serviceUrn = ({ stack, project }: StackName, type: string, name: string): string =>
  `urn:pulumi:${stack}::${project}::slipway:services:FargateService$${type}::${name}`;

/** What may follow the live slot: both ECS services, and the scaling of both, of which only one is there. */
const committed = (stack: StackName, service: string): readonly string[] =>
  allSlots.flatMap((slot) => {
    const names = slotNames(service, slot);
    return [
      serviceUrn(stack, serviceType, names.service),
      serviceUrn(stack, scalingTypes.target, `${names.scaling}-scaling`),
      ...["cpu", "memory"].map((role) => serviceUrn(stack, scalingTypes.policy, `${names.scaling}-scaling-${role}`)),
    ].map(whereFound);
  });

/** The engine refuses a target that neither state nor program knows, unless it is a pattern: `*` is the type's last letter. */
const whereFound = (urn: string): string => urn.replace(/.::([^:]+)$/, "*::$1");

/** A release of images changes no output but `releases`: what else configuration would change waits for an `up`. */
async function withRememberedOutputs(
  outputs: Readonly<Record<string, unknown>>,
  deployment: ExportedDeployment | null,
): Promise<Record<string, unknown>> {
  const { asOutput } = await import("./pulumi-remembered");
  const root = deployment?.resources?.find(({ type }) => type === "pulumi:pulumi:Stack");
  const remembered = Object.entries(root?.outputs ?? {}).map(([name, value]) => [name, asOutput(value)] as const);
  return { ...Object.fromEntries<unknown>(remembered), releases: outputs["releases"] };
}
