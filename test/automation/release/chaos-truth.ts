import { slots, type Slot } from "../../../infra/releases";
import { isDeepStrictEqual } from "node:util";
import type { FakeWorld } from "../../_fakes/fake-world";
import type { Chaos } from "./chaos-run";

/** What is wrong at the end, in words; empty when all is as it has to be. */
export function falsehoods(world: FakeWorld, { plan, behaviour }: Pick<Chaos, "plan" | "behaviour">): string[] {
  world.advance();
  const { closed } = world;
  const last = closed?.entries.at(-1);
  if (closed === undefined || last?.kind !== "closed") return ["its record is not closed"];
  const release = world.releases[plan.service];
  if (release === undefined) return ["the stack remembers nothing of it"];
  const { outcome } = last;
  const { live } = release;
  const serving = world.services[live];
  const found: string[] = [];
  const claim = (isTrue: boolean, text: string): void => {
    if (!isTrue) found.push(text);
  };
  claim(outcome === "done" || outcome === "rolled-back" || outcome === "stuck", `it is closed as ${outcome}`);
  if (plan.mode === "slots") {
    claim(outcome !== "done" || live === plan.to.slot, `it is done, and ${live} is live`);
    claim(outcome !== "rolled-back" || live === plan.from.slot, `it is rolled back, and ${live} is live`);
  }
  const wanted = outcome === "rolled-back" ? plan.from : plan.to;
  const arn = serving?.primary.taskDefinition ?? "";
  claim(
    isDeepStrictEqual(world.imagesOf(arn), release.slots[live]?.images),
    "the live slot runs other images than remembered",
  );
  claim(
    isDeepStrictEqual(world.imagesOf(arn), wanted.images),
    `it is ${outcome}, and ${JSON.stringify(world.imagesOf(arn))} serve`,
  );
  // A version that falls over after a while may do so between the last look and the end: that is for the watch to find.
  const mayHaveFallen = outcome === "done" && failsLater.has(behaviour);
  claim((serving?.answering(arn) ?? 0) > 0 || mayHaveFallen, `nothing answers in the live slot ${live}`);
  claim((serving?.desired ?? 0) > 0, `no tasks are wanted in the live slot ${live}`);
  for (const other of idleSlots(world, live)) {
    const service = world.services[other];
    claim(service?.desired === 0, `${service?.desired} tasks are wanted in the idle slot ${other}`);
  }
  for (const { arn: route, weights } of world.routes()) {
    claim(weights.blue + weights.green === 100, `the weights of ${route} are ${JSON.stringify(weights)}`);
    claim(weights[live] === 100, `${route} gives the live slot ${weights[live]} %`);
  }
  claim(
    release.weights.blue + release.weights.green === 100 && release.weights[live] === 100,
    "other weights are remembered",
  );
  claim(world.stackLock === undefined, "the stack is locked");
  claim(outcome !== "done" || !doomed.has(behaviour), `a version that ${behaviour} is done`);
  return found;
}

/** Versions that can never become healthy. */
const doomed: ReadonlySet<string> = new Set(["crashes", "never-healthy"]);

const failsLater: ReadonlySet<string> = new Set(["crashes-later", "unhealthy-later"]);

const idleSlots = (world: FakeWorld, live: Slot): readonly Slot[] =>
  slots.filter((slot) => slot !== live && world.services[slot] !== undefined);
