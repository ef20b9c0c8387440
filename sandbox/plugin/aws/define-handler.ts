import type { Created, Handler, HandlerContext, Properties } from "../handler";
import { settle } from "./settle";

/** How long AWS may take to show what it has just accepted. */
const appearsWithinSeconds = 60;

/** One resource type, as the handler's author writes it; `Inputs` are the input properties that it understands. */
export interface ResourceKind<Inputs extends object> {
  /** IAM knows no regions; everything else carries its region as an output. */
  readonly global?: true;
  /** Makes the resource and gives its id, by one call: whatever comes after it belongs into `complete`. */
  create(inputs: Inputs, context: HandlerContext): Promise<string>;
  /** Further steps and waits. When one fails, the resource is known all the same, and nothing is orphaned. */
  complete?(id: string, inputs: Inputs, context: HandlerContext): Promise<void>;
  /** What AWS tells now, in Pulumi's names (`settle` says how missing keys are read); undefined when it is gone. */
  find(id: string, known: Partial<Inputs>, context: HandlerContext): Promise<Properties | undefined>;
  /** Brings the resource from `state` to `inputs`; left out where every change replaces. */
  change?(id: string, state: Partial<Inputs>, inputs: Inputs, context: HandlerContext): Promise<void>;
  /** Takes it away; an error that says "not there" must not leave. */
  remove(id: string, state: Partial<Inputs>, context: HandlerContext): Promise<void>;
}

/**
 * A handler whose outputs after create and update are always what AWS then shows, read the same way as a refresh reads
 * it: so a refresh of an untouched resource finds nothing.
 */
export function defineHandler<Inputs extends object>(kind: ResourceKind<Inputs>): Handler {
  // The provider facts have checked the inputs before a handler is called; this is the one place that relies on it.
  const typed = (properties: Properties): Inputs => properties as Inputs;

  const read = async (id: string, known: Properties, context: HandlerContext): Promise<Properties | undefined> => {
    const found = await kind.find(id, typed(known), context);
    if (!found) return undefined;
    return { ...settle(known, found), id, ...(kind.global ? {} : { region: context.region }) };
  };
  const readBack = (id: string, inputs: Properties, context: HandlerContext): Promise<Properties> =>
    context.until(() => read(id, inputs, context), appearsWithinSeconds, `${id} to appear`);

  return {
    async create(inputs, context): Promise<Created> {
      const id = await kind.create(typed(inputs), context);
      context.created(id);
      await kind.complete?.(id, typed(inputs), context);
      return { id, outputs: await readBack(id, inputs, context) };
    },
    read,
    async update(id, state, inputs, context) {
      await kind.change?.(id, typed(state), typed(inputs), context);
      return readBack(id, inputs, context);
    },
    delete: (id, state, context) => kind.remove(id, typed(state), context),
  };
}
