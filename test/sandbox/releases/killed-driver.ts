import { release } from "../../../automation/release/release";
import { resume } from "../../../automation/release/resume";
import { labContext, type LabPlace } from "./lab-context";
import { visited, type Place } from "./places";

/** What the driver that is to be killed is told. */
export interface Order {
  readonly lab: LabPlace;
  /** `web=v2`; goes on with what is open when it is absent. */
  readonly target: string | undefined;
  /** Where it stops and says so. */
  readonly at: Place;
}

/** It says that it is ready, that the new version has half of the traffic, that it is there, or how it ended before. */
export type Word = "ready" | "at 50" | "there" | { readonly ended: string };

const say = (word: Word): void => void process.send?.(word);

const isForEver = new Promise<void>(() => undefined);

/** In places where the engine works it is killed in the middle of that work, elsewhere right behind what was written. */
async function drive({ lab, target, at }: Order): Promise<void> {
  const context = visited(await labContext(lab), {
    async visit(place) {
      if (place === "bake at 50 %" && place !== at) {
        say("at 50");
        // Whoever has the order may let an alarm fire here.
        await new Promise((resolve) => process.once("message", resolve));
      }
      if (place !== at || place === "provisioning" || place === "commit") return;
      say("there");
      await isForEver;
    },
    working: (place) => (place === at ? say("there") : undefined),
  });
  await (target === undefined ? resume(context, { yes: true }) : release(context, { targets: [target], yes: true }));
}

process.once("message", (order: Order) => {
  // Without it the process would end when nothing is left to wait for.
  setInterval(() => undefined, 60_000);
  drive(order).then(
    () => say({ ended: "well" }),
    (error: unknown) => say({ ended: String(error) }),
  );
});
say("ready");
