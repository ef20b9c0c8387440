import type { Identity } from "../../automation/ports/identity";

/** A caller in an account of choice. */
export class FakeIdentity implements Identity {
  constructor(
    private readonly account: string,
    private readonly log: string[] = [],
  ) {}

  async caller(): Promise<{ readonly account: string; readonly arn: string }> {
    this.log.push("caller");
    return { account: this.account, arn: `arn:aws:iam::${this.account}:user/deployer` };
  }
}
