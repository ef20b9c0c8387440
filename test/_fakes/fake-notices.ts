import type { Notice, Notices } from "../../automation/ports/notices";

/** Keeps what was sent, and where. */
export class FakeNotices implements Notices {
  readonly sent: (Notice & { readonly topic: string })[] = [];
  /** What the next `send` ends with. */
  failure: Error | undefined;

  async send(topic: string, notice: Notice): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    this.sent.push({ topic, ...notice });
  }
}
