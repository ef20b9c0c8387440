import type { resourceTypes } from "../../../../sandbox/plugin/aws/resource-types";
import type { Created, HandlerContext, Properties } from "../../../../sandbox/plugin/handler";

/** A type that the stand-in provider realises. */
export type ResourceToken = keyof typeof resourceTypes;

/** What a row may reach: AWS, and the handlers of other types for what its resource needs around it. */
export interface World extends HandlerContext {
  /** Makes something that the row's resource needs; it is removed after the test. */
  make(type: ResourceToken, inputs: Properties): Promise<Created>;
}

/** One resource type's life, told by what is particular to it. */
export interface HandlerRow {
  readonly type: ResourceToken;
  /** Inputs as a program gives them; defaults and merged tags are added as the provider's server adds them. */
  inputs(world: World): Promise<Properties>;
  /** Inputs that change in place; absent where every change replaces. */
  readonly change?: Properties | ((world: World) => Promise<Properties>);
  /** Something done behind the program's back, and the outputs that must show it. */
  readonly drift?: {
    by(made: Created, world: World): Promise<unknown>;
    readonly shows: Properties;
  };
  /** Outputs of the provider that other resources build upon, and how they look. */
  readonly computed?: Readonly<Record<string, RegExp>>;
  /** What stays behind after deletion, as AWS has it. */
  readonly staysAfterDeletion?: true;
}
