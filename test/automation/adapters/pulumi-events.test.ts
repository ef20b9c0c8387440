import type { EngineEvent } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { changedOutputsOf, changesOf, progressOf } from "../../../automation/adapters/pulumi-events";
import { isChange, type Change } from "../../../automation/model/change";
import { recordedEvents } from "../../_helpers/engine-events";

const changed = (run: string): readonly Change[] => changesOf(recordedEvents(run)).filter(isChange);
const opsOf = (run: string): readonly string[] => changed(run).map(({ op, name }) => `${op} ${name}`);

describe("changesOf", () => {
  it("tells every resource of a first deployment once, components and provider among them", () => {
    expect(changed("first-preview").map(({ name, op, custom }) => ({ name, op, custom }))).to.deep.equal([
      { name: "lab-dev", op: "create", custom: false },
      { name: "main", op: "create", custom: true },
      { name: "database", op: "create", custom: false },
      { name: "network", op: "create", custom: false },
      { name: "vpc", op: "create", custom: true },
      { name: "db", op: "create", custom: true },
    ]);
  });

  it("shows no secret", () => {
    const db = changed("first-preview").find(({ name }) => name === "db");

    expect(db).to.deep.equal({
      urn: "urn:pulumi:dev::lab::slipway:database:Database$probe:index:Thing::db",
      type: "probe:index:Thing",
      name: "db",
      op: "create",
      custom: true,
      diffs: [],
      replaceKeys: [],
      wasProtected: false,
      isProtected: false,
      oldInputs: null,
      newInputs: { password: "[secret]", vpc: "10/8" },
    });
  });

  it("folds the three steps of a replacement into one", () => {
    expect(changed("replacement")).to.deep.equal([
      {
        urn: "urn:pulumi:dev::lab::slipway:network:Network$probe:index:Thing::vpc",
        type: "probe:index:Thing",
        name: "vpc",
        op: "replace",
        custom: true,
        diffs: ["fixedZone"],
        replaceKeys: ["fixedZone"],
        wasProtected: false,
        isProtected: false,
        oldInputs: { cidr: "10/8", fixedZone: "a" },
        newInputs: { cidr: "10/8", fixedZone: "b" },
      },
    ]);
  });

  it("remembers that what is replaced now was protected until now", () => {
    const [db] = changed("unprotected-replacement");

    expect([db?.op, db?.wasProtected, db?.isProtected]).to.deep.equal(["replace", true, false]);
  });

  it("tells a protection that is taken off, though the engine calls the resource the same", () => {
    const db = changesOf(recordedEvents("protection-removed")).find(({ name }) => name === "db");

    expect([db?.op, db?.wasProtected, db?.isProtected]).to.deep.equal(["same", true, false]);
  });

  it("finds in a refresh what differs in the cloud, and what is gone", () => {
    expect([opsOf("drift"), opsOf("drift-gone")]).to.deep.equal([["update vpc"], ["delete vpc"]]);
    expect(changed("drift").map(({ diffs }) => diffs)).to.deep.equal([["cidr"]]);
  });

  it("counts what an interrupted replacement has left behind with its resource", () => {
    expect(opsOf("destroy-with-leftover")).to.deep.equal([
      "delete db",
      "delete vpc",
      "delete main",
      "delete network",
      "delete database",
      "delete lab-dev",
    ]);
  });

  it("takes a step that it does not know for a change of its own", () => {
    const [event] = recordedEvents("replacement");
    const strange = {
      ...event,
      resourcePreEvent: { metadata: { ...event?.resourcePreEvent?.metadata, op: "transmute" } },
    } as unknown as EngineEvent;

    expect(changesOf([strange]).map(({ op }) => op)).to.deep.equal(["other"]);
  });

  it("names the secrets of an update of which nothing else differs", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };
    const side = { custom: true, inputs: { name: "a", password: secret } };
    const update = {
      resourcePreEvent: {
        metadata: { op: "update", urn: "urn:pulumi:dev::lab::t::a", type: "t", old: side, new: side },
      },
    };

    expect(changesOf([update as unknown as EngineEvent])[0]?.diffs).to.deep.equal(["password"]);
  });
});

describe("changedOutputsOf", () => {
  it("names the outputs that get another value though no resource changes", () => {
    expect(changed("outputs-only")).to.deep.equal([]);
    expect(changedOutputsOf(recordedEvents("outputs-only"))).to.deep.equal(["url"]);
  });

  it("names none of a stack that is made or stays as it is", () => {
    expect(changedOutputsOf(recordedEvents("first-preview"))).to.deep.equal([]);
    expect(changedOutputsOf(recordedEvents("drift"))).to.deep.equal([]);
  });
});

describe("progressOf", () => {
  it("tells what starts, ends and fails", () => {
    const seen = recordedEvents("resource-failed").flatMap((event) => progressOf(event) ?? []);

    expect(seen.filter(({ kind }) => kind === "failed" || kind === "diagnostic")).to.deep.equal([
      {
        kind: "diagnostic",
        severity: "error",
        message: "InvalidParameter: the password hunter2 is bad",
        urn: "urn:pulumi:dev::lab::slipway:network:Network$probe:index:Thing::vpc",
      },
      {
        kind: "failed",
        op: "replace",
        name: "vpc",
        type: "probe:index:Thing",
        urn: "urn:pulumi:dev::lab::slipway:network:Network$probe:index:Thing::vpc",
      },
      { kind: "diagnostic", severity: "error", message: "update failed" },
    ]);
  });

  it("leaves out the program's debug texts, which hold secrets in the clear", () => {
    const events = recordedEvents("first-preview");

    expect(JSON.stringify(events)).to.contain("hunter2-secret");
    expect(JSON.stringify(events.map((event) => progressOf(event)))).not.to.contain("hunter2");
  });

  it("hides values that are known to be secret", () => {
    const event = {
      diagnosticEvent: { severity: "error", message: "bad key hunter2-key\n", color: "never" },
    } as unknown as EngineEvent;

    expect(progressOf(event, ["hunter2-key"])).to.deep.equal({
      kind: "diagnostic",
      severity: "error",
      message: "bad key [secret]",
    });
  });
});
