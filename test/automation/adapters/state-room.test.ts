import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { stateFolder } from "../../../automation/adapters/records-place";
import { leastStateRoom, roomAt, roomFault } from "../../../automation/adapters/state-room";

describe("room for a state", () => {
  it("is asked of the disk that the folder is on, and of nobody where there is no folder", async () => {
    expect(await roomAt(tmpdir())).to.be.greaterThan(0);
    expect(await roomAt(join(tmpdir(), "slipway-no-such-folder"))).to.equal(undefined);
  });

  it("refuses a run where a state would not fit, with what is left and what to do", () => {
    const { code, exitCode, message, remedy } = roomFault("dev", leastStateRoom - 1024 * 1024) ?? {};
    expect({ code, exitCode, message, remedy }).to.deep.equal({
      code: "disk-full",
      exitCode: 1,
      message:
        "The disk is full: 15.0 MiB are left where the state of dev is, and a run needs 16.0 MiB to write it safely.",
      remedy: "Nothing was changed. Make room, and run it again.",
    });
  });

  it("lets a run begin where there is enough, or where nobody can say", () => {
    expect([roomFault("dev", leastStateRoom), roomFault("dev", undefined)]).to.deep.equal([undefined, undefined]);
  });

  for (const { backend, folder } of [
    { backend: "file:///srv/state", folder: "/srv/state" },
    { backend: "file://./state?no_tmp_dir=true", folder: "/project/state" },
    { backend: "s3://states/shop", folder: undefined },
    { backend: "https://api.pulumi.com", folder: undefined },
    { backend: undefined, folder: undefined },
  ])
    it(`of backend ${backend ?? "unknown"} is ${folder ?? "nobody's here"}`, () => {
      expect(stateFolder(backend, "/project")).to.equal(folder);
    });
});
