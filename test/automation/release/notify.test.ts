import { expect } from "chai";
import { notifyTeam } from "../../../automation/release/notify";
import { fakeContext } from "../../_fakes/fake-context";
import { aJournal } from "../../_helpers/a-journal";

const topic = "arn:aws:sns:eu-central-1:686831565523:alarms";
const withTopic = { outputs: [{ name: "AlarmTopicArn", value: topic, secret: false }] };
const at = "2026-01-01T00:00:00.000Z";
const turnedBack = { kind: "turned-back", cause: { kind: "alarm", text: "web-5xx fires" }, at } as const;
const journal = aJournal({ entries: [{ kind: "started", at }, turnedBack] });
const { plan, request, id } = journal;

describe("the team", () => {
  it("is told where its alarms are told that a release went back, and why", async () => {
    const context = fakeContext(withTopic);

    await notifyTeam(context, journal, "rolled-back");

    const headline = `staging: ${plan.service} rolled back - investigating issue`;
    const what = `release: ${plan.from.version} -> ${plan.to.version}, by ${request.by.user}@${request.by.host}`;
    expect(context.notices.sent).to.deep.equal([
      { topic, subject: headline, text: [headline, what, `Record: ${id}`, "web-5xx fires"].join("\n") },
    ]);
  });

  it("hears nothing of a release that went well, nor where there is no topic", async () => {
    const [well, mute] = [fakeContext(withTopic), fakeContext({ outputs: [] })];

    await notifyTeam(well, journal, "done");
    await notifyTeam(mute, journal, "rolled-back");

    expect([well.notices.sent, mute.notices.sent]).to.deep.equal([[], []]);
  });

  it("may not be reached, which is said and stops nothing", async () => {
    const context = fakeContext(withTopic);
    context.notices.failure = new Error("no such topic");

    await notifyTeam(context, journal, "stuck");

    expect(context.output.said.join("\n")).to.contain("WARNING: nobody was told at the alarm topic: no such topic");
  });

  it("is not told where the stack cannot be read, which is said and stops nothing either", async () => {
    const context = fakeContext({ failing: { outputs: new Error("no passphrase") } });

    await notifyTeam(context, journal, "rolled-back");

    expect(context.output.said.join("\n")).to.contain("WARNING: nobody was told at the alarm topic: no passphrase");
  });
});
