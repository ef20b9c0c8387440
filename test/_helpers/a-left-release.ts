import type { SlipwayError } from "../../automation/model/errors";
import type { Journal } from "../../automation/model/release/journal";
import { release } from "../../automation/release/release";
import { workingShop, type WorkingShop } from "./a-working-shop";

/** The error that something ends with. */
export const failure = (thrown: Promise<unknown>): Promise<SlipwayError> =>
  thrown.then(
    () => {
      throw new Error("it did not fail");
    },
    (error: unknown) => error as SlipwayError,
  );

/** `services` are released and the process is gone as soon as the engine has run once. */
export async function leftOpen(
  services: readonly string[],
  options: object = {},
  shop = workingShop(),
): Promise<WorkingShop> {
  const stop = new AbortController();
  const interrupts = () => ({ stop: stop.signal, terminate: new AbortController().signal });
  const killed = { ...shop, interrupts };
  const apply = shop.engine.applyImages.bind(shop.engine);
  shop.engine.applyImages = async (run) => {
    stop.abort();
    return apply(run);
  };
  const targets = services.map((service) => `${service}=v2`);
  const error = await failure(release(killed, { targets, yes: true, ...options }));
  if (error.code !== "interrupted") throw error;
  shop.engine.applyImages = apply;
  return shop;
}
/** What a record says, in order. */
export const kinds = (journal: Journal | undefined): readonly string[] | undefined =>
  journal?.entries.map(({ kind }) => kind);

/** How each release ended, in the order in which they did. */
export const outcomes = (shop: WorkingShop) =>
  shop.journals.closed.map(({ plan, entries }) => {
    const last = entries.at(-1);
    return [plan.service, last?.kind === "closed" ? last.outcome : last?.kind];
  });
