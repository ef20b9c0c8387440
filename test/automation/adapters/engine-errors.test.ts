import { expect } from "chai";
import { engineError } from "../../../automation/adapters/engine-errors";
import { engineErrorRules } from "../../../automation/adapters/engine-error-rules";
import type { EngineFailure } from "../../../automation/adapters/engine-failure";

const vpc = "urn:pulumi:dev::lab::slipway:network:Network$probe:index:Thing::vpc";
const db = "urn:pulumi:dev::lab::slipway:database:Database$probe:index:Thing::db";

const failure = (more: Partial<EngineFailure>): EngineFailure => ({
  operation: "up",
  stack: "dev",
  project: "lab",
  exitCode: 1,
  stdout: "",
  stderr: "",
  diagnostics: [],
  failed: [],
  isInterrupted: false,
  secrets: ["open sesame"],
  ...more,
});
const said = (message: string, urn?: string): Partial<EngineFailure> => ({
  diagnostics: [{ message, ...(urn === undefined ? {} : { urn }) }, { message: "update failed\n" }],
});

/** Texts as engine 3.259.0 wrote them, and the real provider where it is named. */
const ends: Readonly<
  Record<
    string,
    {
      readonly failure: Partial<EngineFailure>;
      readonly exitCode: number;
      readonly message: string;
      readonly resource?: string;
    }
  >
> = {
  "stack-locked": {
    failure: {
      stderr:
        "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.\n  file:///s/.pulumi/locks/organization/lab/dev/416.json?no_tmp_dir=true: created by root@vm (pid 17898) at 2026-11-21T11:03:37Z",
    },
    exitCode: 4,
    message: "dev is locked by root@vm (process 17898) since 2026-11-21T11:03:37Z.",
  },
  "stack-not-found": {
    failure: { stderr: "error: no stack named 'dev' found" },
    exitCode: 2,
    message: "The state of dev does not exist in this backend.",
  },
  "passphrase-missing": {
    failure: {
      stderr:
        "error: getting stack configuration: get stack secrets manager: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
    },
    exitCode: 2,
    message: "The secrets of dev are encrypted with a passphrase, and none is given.",
  },
  "passphrase-wrong": {
    failure: { stderr: "error: getting stack configuration: get stack secrets manager: incorrect passphrase" },
    exitCode: 2,
    message: "The passphrase does not open the secrets of dev.",
  },
  "disk-full": {
    failure: {
      stderr:
        "error: 2 errors occurred:\n    1) write /s/.pulumi/locks/organization/lab/dev/72.json.tmp: no space left on device\n    2) Unknown",
    },
    exitCode: 1,
    message: "The disk is full: the state of dev could not be written.",
  },
  "backend-unreachable": {
    failure: {
      stderr: 'error: unable to open state directory "file:///proc/nope": stat /proc/nope: no such file or directory',
    },
    exitCode: 1,
    message:
      'The state of dev cannot be reached: unable to open state directory "file:///proc/nope": stat /proc/nope: no such file or directory',
  },
  "plan-violated": {
    failure: said(`resource ${db} violates plan: properties changed: =~password[{swordfish}]\n`, db),
    exitCode: 3,
    message: "db is not what the approved preview showed (password): it was not applied.",
    resource: db,
  },
  "protected-resource": {
    failure: said(
      `unable to replace resource "${db}"\nas it is currently marked for protection. To unprotect the resource, remove the \`protect\` flag`,
      db,
    ),
    exitCode: 3,
    message: "db is protected: it can be neither deleted nor replaced.",
    resource: db,
  },
  "layer-order": {
    failure: said(`Resource '${db}' depends on '${vpc}' which was was not specified in --target list.\n`, db),
    exitCode: 2,
    message: "Layer database needs layer network first: vpc is not there yet.",
    resource: db,
  },
  "layer-in-use": {
    failure: said(
      `Resource '${db}' will be destroyed but was not specified in --target list.\nEither include resource in --target list or pass --target-dependents to proceed.\n`,
      db,
    ),
    exitCode: 3,
    message: "db in layer database stands on this layer; nothing was destroyed.",
    resource: db,
  },
  "account-mismatch": {
    failure: said(
      "rpc error: code = Unknown desc = AWS account ID not allowed: 709825985650\n",
      "urn:pulumi:dev::lab::pulumi:providers:aws::aws",
    ),
    exitCode: 3,
    message: "The credentials belong to account 709825985650, in which dev must not be built.",
  },
  "plugin-missing": {
    failure: said(
      "no resource plugin 'pulumi-resource-aws' found in the workspace or on your $PATH\n",
      "urn:pulumi:dev::lab::pulumi:providers:aws::aws",
    ),
    exitCode: 1,
    message: "The provider plugin aws is not installed and cannot be downloaded.",
  },
  "endpoint-unreachable": {
    failure: said("connect ECONNREFUSED 127.0.0.1:5555\n", vpc),
    exitCode: 1,
    message: "AWS cannot be reached: connect ECONNREFUSED 127.0.0.1:5555",
    resource: vpc,
  },
  "config-invalid": {
    failure: {
      diagnostics: [1, 2].map(() => ({
        message: "Pulumi.dev.yaml has 2 faults:\n  slipway:network.cidr: found 5\n  slipway:x: unknown key\n",
      })),
    },
    exitCode: 2,
    message: "Pulumi.dev.yaml has 2 faults:\n  slipway:network.cidr: found 5\n  slipway:x: unknown key",
  },
  "program-failed": {
    failure: {
      diagnostics: [
        { message: "Unhandled exception: Error: a bug\n    at program (/p/infra/program.ts:1:2)\n" },
        { message: "a bug\n" },
      ],
    },
    exitCode: 1,
    message: "The program failed. Unhandled exception: Error: a bug\n    at program (/p/infra/program.ts:1:2)",
  },
  "resource-failed": {
    failure: {
      diagnostics: [
        { urn: vpc, message: "InvalidParameter: open sesame is bad\n" },
        { urn: db, message: "Throttling\n" },
      ],
    },
    exitCode: 1,
    message: "vpc failed: InvalidParameter: [secret] is bad\n(1 more: db)",
    resource: vpc,
  },
  interrupted: {
    failure: { ...said("update canceled\n"), isInterrupted: true },
    exitCode: 1,
    message: "The up of dev was interrupted.",
  },
  "engine-failed": {
    failure: { exitCode: 255, stderr: "panic: something new with open sesame" },
    exitCode: 1,
    message: "The engine failed (exit code 255) in up of dev:\npanic: something new with [secret]",
  },
};

describe("engineError", () => {
  for (const [code, { failure: more, ...expected }] of Object.entries(ends)) {
    it(`tells ${code}`, () => {
      const { code: found, exitCode, message, resource, data } = engineError(failure(more));

      expect({ code: found, exitCode, message, ...(resource === undefined ? {} : { resource }) }).to.deep.equal({
        code,
        ...expected,
      });
      expect(data).to.include({ operation: "up", engineExitCode: more.exitCode ?? 1 });
    });
  }

  it("has a text of a real run for every rule", () => {
    expect(Object.keys(ends).sort()).to.deep.equal(
      [...engineErrorRules.map(({ code }) => code), "engine-failed"].sort(),
    );
  });

  it("shows no secret anywhere", () => {
    const errors = Object.values(ends).map(({ failure: more }) => engineError(failure(more)));

    expect(JSON.stringify(errors.map(({ message, remedy, data }) => [message, remedy, data]))).not.to.match(
      /open sesame|swordfish/,
    );
  });

  it("tells a broken stack file as a fault of the configuration", () => {
    const error = engineError(
      failure({
        stderr: "error: getting stack configuration: invalid YAML file: yaml: line 1: did not find expected ',' or ']'",
      }),
    );

    expect([error.code, error.message]).to.deep.equal([
      "config-invalid",
      "Pulumi.dev.yaml cannot be read: invalid YAML file: yaml: line 1: did not find expected ',' or ']'",
    ]);
  });

  it("tells the resource that failed, not what follows from its failure", () => {
    const error = engineError(
      failure({
        failed: [vpc],
        diagnostics: [
          { urn: vpc, message: "CreateVpc: VpcLimitExceeded: The maximum number of VPCs has been reached.\n" },
          { message: `expected resource operations for ${db} but none were seen` },
          {
            urn: "urn:pulumi:dev::lab::pulumi:pulumi:Stack::lab-dev",
            message: "awsx:ec2:Vpc resource 'vpc' has a problem: grpc: the client connection is closing",
          },
          { message: "update failed" },
        ],
      }),
    );

    expect([error.code, error.exitCode, error.resource, error.message]).to.deep.equal([
      "resource-failed",
      1,
      vpc,
      "vpc failed: CreateVpc: VpcLimitExceeded: The maximum number of VPCs has been reached.",
    ]);
  });
});
