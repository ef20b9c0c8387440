import type { Scope } from "./scope";

/**
 * Members of a request, as its protocol gave them. In the query protocol numbers, booleans and dates are texts, and an
 * empty list is an empty text; in CBOR dates are `Date`s; in JSON they are epoch seconds.
 */
export type Input = Readonly<Record<string, unknown>>;

/**
 * Members of an answer. A `Date` becomes what the protocol wants (epoch seconds, ISO text, CBOR tag 1); a member that is
 * undefined is left out. Where the model has a map (not a structure), a `Map` gives the query protocol its entries.
 */
export type Answer = Readonly<Record<string, unknown>>;

/** Who asks. */
export interface Caller extends Scope {
  readonly accessKeyId: string;
}

/** What the front does with one operation of a service. */
export type Operation =
  /** Answered here; moto never sees it. */
  | { readonly kind: "own"; answer(input: Input, caller: Caller): Promise<Answer> | Answer }
  /**
   * moto answers. `before` may refuse (throws AwsFault), and may change what moto is asked (top-level members; in the query protocol
   * as texts, lists and structures);
   * `after` is done once moto has agreed, and before the caller hears of it, so that a change holds when it is
   * acknowledged.
   */
  | {
      readonly kind: "watched";
      before?(input: Input, caller: Caller): Promise<Input | void> | Input | void;
      after?(input: Input, caller: Caller): Promise<void> | void;
    }
  /** moto answers, and its answer is completed here (JSON services only). */
  | { readonly kind: "mended"; mend(answer: Answer, input: Input, caller: Caller): Promise<Answer> | Answer };

/** What the front does with a service. An operation that is not in the table goes to moto as it came. */
export interface ServiceApi {
  /** Signing name, for example `elasticloadbalancing`. */
  readonly service: string;
  /** Why moto alone is not enough. */
  readonly reason: string;
  readonly operations: Readonly<Record<string, Operation>>;
}
