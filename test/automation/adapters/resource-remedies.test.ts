import { expect } from "chai";
import { engineError } from "../../../automation/adapters/engine-errors";

const secret = (name: string): string =>
  `urn:pulumi:dev::lab::slipway:services:Secrets$aws:secretsmanager/secret:Secret::${name}`;
const taken =
  "InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion.";

const remedyFor = (...diagnostics: readonly { readonly urn: string; readonly message: string }[]): string | undefined =>
  engineError({
    operation: "up",
    stack: "dev",
    project: "lab",
    exitCode: 1,
    stdout: "",
    stderr: "",
    diagnostics,
    failed: diagnostics.map(({ urn }) => urn),
    isInterrupted: false,
    secrets: [],
  }).remedy;

describe("remedies for a resource that failed", () => {
  it("tell how a deleted secret comes back, or goes for good, wherever it stands among the failures", () => {
    const remedy = remedyFor(
      { urn: "urn:pulumi:dev::lab::aws:ec2/eip:Eip::eip", message: "AddressLimitExceeded" },
      { urn: secret("secrets-license"), message: `creating Secrets Manager Secret (shop-dev/license): ${taken}` },
      { urn: secret("secrets-llm"), message: `CreateSecret: ${taken}` },
    );

    expect(remedy?.split("\n")).to.deep.equal([
      "A deleted secret keeps its name until its recovery window ends. " +
        "`aws secretsmanager list-secrets --include-planned-deletion` lists such names. To have it back:",
      "  aws secretsmanager restore-secret --secret-id shop-dev/license",
      "  aws secretsmanager restore-secret --secret-id <name of secrets-llm>",
      "and import it into the stack (docs/how-it-works.md, Secrets). Or let it go for good:",
      "  aws secretsmanager delete-secret --force-delete-without-recovery --secret-id shop-dev/license",
      "  aws secretsmanager delete-secret --force-delete-without-recovery --secret-id <name of secrets-llm>",
      "Then run it again.",
    ]);
  });

  it("are to run it again for all that the table does not know", () => {
    expect(remedyFor({ urn: secret("secrets-license"), message: "Throttling" })).to.equal(
      "Mend the cause and run it again: dev keeps what was made and goes on from there.",
    );
  });
});
