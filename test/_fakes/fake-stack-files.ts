import type { StackFiles } from "../../automation/ports/stack-files";

/** Files of a project, by stack. */
export class FakeStackFiles implements StackFiles {
  constructor(private readonly files: Readonly<Record<string, string>>) {}

  async stacks(): Promise<readonly string[]> {
    return Object.keys(this.files);
  }

  async project(): Promise<string> {
    return "slipway";
  }

  async backend(): Promise<string | undefined> {
    return undefined;
  }

  async read(stack: string): Promise<{ readonly path: string; readonly text: string }> {
    const text = this.files[stack];
    if (text === undefined) throw new Error(`No file for ${stack}`);
    return { path: `Pulumi.${stack}.yaml`, text };
  }
}
