import { expect } from "chai";
import { hasConfig, sandboxStackFile } from "../../../sandbox/session/stack-file";

const checkedIn = `# yaml-language-server: $schema=./docs/config.schema.json
config:
  aws:region: eu-central-1
  slipway:account: { id: "012345678901" }
  slipway:database:
    backupWindow: "02:00-03:00" # quoted, or an engine may read a number
`;

const encrypted = `  slipway:databasePassword:
    secure: v1:sandbox
encryptionsalt: v1:salt
`;

describe("sandboxStackFile", () => {
  it("is the checked-in file as it stands when there is no copy yet", () => {
    expect(sandboxStackFile(checkedIn, undefined)).to.equal(checkedIn);
  });

  it("keeps the copy's salt and secrets and takes everything else from the checked-in file", () => {
    const copy = `config:\n  aws:region: us-east-1\n  slipway:removed: 1\n${encrypted}`;

    expect(sandboxStackFile(checkedIn, copy)).to.equal(`${checkedIn}${encrypted}`);
  });

  it("changes nothing when it is applied again", () => {
    const once = sandboxStackFile(checkedIn, `config:\n${encrypted}`);

    expect(sandboxStackFile(checkedIn, once)).to.equal(once);
  });

  it("leaves out secrets and keys of a real stack, which the sandbox cannot open", () => {
    const real = `secretsprovider: awskms://alias/slipway
encryptedkey: abc
config:
  aws:region: eu-central-1
  slipway:databasePassword:
    secure: AAAB
  slipway:secrets:
    license:
      value:
        secure: AAAC
`;

    expect(sandboxStackFile(real, undefined)).to.equal("config:\n  aws:region: eu-central-1\n");
  });

  it("puts the sandbox's own secret where a real one was", () => {
    const real = "config:\n  slipway:databasePassword:\n    secure: AAAB\n";

    expect(sandboxStackFile(real, `config:\n${encrypted}`)).to.equal(`config:\n${encrypted}`);
  });
});

describe("hasConfig", () => {
  it("tells whether a key has a value", () => {
    const copy = `config:\n${encrypted}`;

    expect([
      hasConfig(copy, "slipway:databasePassword"),
      hasConfig(copy, "slipway:other"),
      hasConfig("", "x"),
    ]).to.deep.equal([true, false, false]);
  });
});
