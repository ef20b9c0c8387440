import { expect } from "chai";
import type { SlipwayError } from "../../../automation/model/errors";
import { journalWriter } from "../../../automation/release/journal-writer";
import { fakeContext } from "../../_fakes/fake-context";
import { aJournal } from "../../_helpers/a-journal";
import { failure, kinds } from "../../_helpers/a-left-release";

const wish = { kind: "abort-asked", by: "ann@far", at: "2026-01-01T00:00:01.000Z" } as const;

/** The open release of `web`, in the hands of whoever holds the lock with this number. */
async function open(fence = 7) {
  const context = fakeContext();
  const stored = await context.journals.create(aJournal());
  return { context, journals: context.journals, writer: journalWriter(context, stored, fence) };
}
/** Somebody else writes. */
async function elsewhere({ journals }: Awaited<ReturnType<typeof open>>, fence?: number): Promise<void> {
  const stored = await journals.open("web");
  if (stored === undefined) throw new Error("it is closed");
  const { journal } = stored;
  await journals.write(
    { ...journal, fence: fence ?? journal.fence, entries: [...journal.entries, wish] },
    stored.version,
  );
}
const told = ({ code, exitCode, message }: SlipwayError) => [code, exitCode, message];

describe("the writer of a journal", () => {
  it("puts facts behind each other, with the time of the cloud and the number of its lock", async () => {
    const { context, writer, journals } = await open();
    await context.clock.sleep(5_000);
    const journal = await writer.append({ kind: "provisioning" });
    await writer.append({ kind: "ready" });
    expect([journal.fence, journal.entries.at(-1), kinds((await journals.open("web"))?.journal)]).to.deep.equal([
      7,
      { kind: "provisioning", at: "1970-01-01T00:00:05.000Z" },
      ["started", "provisioning", "ready"],
    ]);
  });

  it("keeps what somebody else has written in between", async () => {
    const world = await open();
    await elsewhere(world);
    const journal = await world.writer.append({ kind: "ready" });
    expect(kinds(journal)).to.deep.equal(["started", "abort-asked", "ready"]);
  });

  it("sees what somebody else has written when it reads", async () => {
    const world = await open();
    await elsewhere(world);
    expect(kinds(await world.writer.read())).to.deep.equal(["started", "abort-asked"]);
  });

  it("says when it ended, by the machine, and moves it to the closed ones", async () => {
    const { writer, journals, context } = await open();
    Object.assign(context.machine, { ms: 9_000 });
    await writer.append({ kind: "closed", outcome: "done" });
    await writer.close();
    expect([journals.running.size, journals.closed[0]?.finishedAt]).to.deep.equal([0, "1970-01-01T00:00:09.000Z"]);
  });

  it("stops when somebody with a later lock has it in hand", async () => {
    const world = await open();
    await elsewhere(world, 8);
    const errors = [await failure(world.writer.append({ kind: "ready" })), await failure(world.writer.read())];
    expect(errors.map(told)).to.deep.equal(
      Array(2).fill(["lock-lost", 4, "The release of web is in other hands now (r-20260101-web)."]),
    );
    expect(kinds(world.journals.running.get("web")?.journal)).to.deep.equal(["started", "abort-asked"]);
  });

  it("stops when it was finished by somebody else, and when another one has begun since", async () => {
    const world = await open();
    world.journals.running.clear();
    const finished = await failure(world.writer.append({ kind: "ready" }));
    await world.journals.create(aJournal({ release: "r9" }));
    const other = await failure(world.writer.read());
    expect([told(finished), told(other)]).to.deep.equal([
      ["lock-lost", 4, "The release of web was finished by somebody else."],
      ["lock-lost", 4, "The release of web is in other hands now (r9-web)."],
    ]);
  });

  it("gives up when others write all the time", async () => {
    const world = await open();
    const write = world.journals.write.bind(world.journals);
    world.journals.write = async () => undefined;
    const error = await failure(world.writer.append({ kind: "ready" }));
    world.journals.write = write;
    expect(told(error)).to.deep.equal([
      "journal-contended",
      1,
      "The record of the release of web is changed by others all the time.",
    ]);
  });
});
