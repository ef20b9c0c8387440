/** The project's own files. */
export interface StackFiles {
  /** Names of the stacks that have a `Pulumi.<stack>.yaml`. */
  stacks(): Promise<readonly string[]>;
  /** Project name in `Pulumi.yaml`. */
  project(): Promise<string>;
  /** URL of the engine's backend in `Pulumi.yaml`; undefined when it names none. */
  backend(): Promise<string | undefined>;
  /** Path and text of the stack's file. */
  read(stack: string): Promise<{ readonly path: string; readonly text: string }>;
}
