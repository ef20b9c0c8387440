import { expect } from "chai";
import { liveReleases, type LiveReleases } from "../../../automation/adapters/terminal-live-releases";
import { plainReleases, releaseEvents } from "../../../automation/adapters/terminal-releases";
import type { ReleaseProgress } from "../../../automation/model/release/progress";
import { FakeClock } from "../../_fakes/fake-clock";
import { aReleaseProgress } from "../../_helpers/a-release-progress";

class FakeScreen {
  text = "";
  rows = 24;
  columns = 100;
  write(text: string): void {
    this.text += text;
  }
  /** What was written since the last time. */
  taken(): string {
    const { text } = this;
    this.text = "";
    return text;
  }
}

const at = (second: number, different: Partial<ReleaseProgress> = {}): ReleaseProgress =>
  aReleaseProgress({ at: new Date(second * 1000).toISOString(), elapsedMs: second * 1000, ...different });

describe("plainReleases", () => {
  it("writes what was done, and a line a minute for a service that only waits", () => {
    const screen = new FakeScreen();
    const view = plainReleases("Release of staging", screen);

    view.show(at(1, { phase: "provision", step: null, freshPercent: 0, note: "tasks start" }));
    view.show(at(16, { note: "2 of 2 healthy" }));
    view.show(at(30, { event: true, phase: "shift", note: "shifted", firing: ["shop-5xx"] }));
    view.show(at(31, { service: "api", freshPercent: null, step: null }));
    view.show(at(89));
    view.show(at(90));
    view.end();

    expect(screen.text.split("\n")).to.deep.equal([
      "Release of staging",
      "   0:01  web provision 0% on v2: tasks start",
      "   0:30  web shift 10% on v2 (step 1 of 2), firing: shop-5xx: shifted",
      "   0:31  api bake: bakes for 4 min more",
      "   1:30  web bake 10% on v2 (step 1 of 2): bakes for 4 min more",
      "",
    ]);
  });

  it("keeps the lines of a cause together, and what steers a terminal out of them", () => {
    const screen = new FakeScreen();

    plainReleases("T", screen).show(at(1, { event: true, note: "web: 2 tasks failed.\n  Ended: \u001b[31mboom" }));

    expect(screen.text).to.equal(
      "T\n   0:01  web bake 10% on v2 (step 1 of 2): web: 2 tasks failed.\n           Ended:  [31mboom\n",
    );
  });
});

describe("releaseEvents", () => {
  it("writes one JSON document a line", () => {
    const screen = new FakeScreen();
    const view = releaseEvents(screen);

    view.show(at(1, { note: "two\nlines" }));
    view.show(at(2, { event: true }));
    view.end();

    expect(
      screen.text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).to.deep.equal([
      { kind: "release", ...at(1, { note: "two\nlines" }) },
      { kind: "release", ...at(2, { event: true }) },
    ]);
  });
});

describe("liveReleases", () => {
  const open: LiveReleases[] = [];
  afterEach(() => open.splice(0).forEach((view) => view.end()));

  function live(): { readonly screen: FakeScreen; readonly clock: FakeClock; readonly view: LiveReleases } {
    const [screen, clock] = [new FakeScreen(), new FakeClock()];
    const style = () => ({ columns: screen.columns, color: false, unicode: true });
    const view = liveReleases({ title: "T", screen, clock, style });
    open.push(view);
    return { screen, clock, view };
  }
  const block = (head: string): string =>
    `${head}\n  preflight✓ provision✓ verify✓ shift✓ ▸ bake 10% (1 of 2) commit warm retire\n` +
    "  [███░░░░░░░░░░░░░░░░░░░░░░░░░░░]  v2 10%  v1 90%\n" +
    "  new 2/2 running, 2 healthy   old 2/2 running, 2 healthy\n  bakes for 4 min more\n";
  const head = (time: string): string => `web  v1 → v2${" ".repeat(56 - time.length)}${time} of about 12:00`;

  it("draws over the block, and leaves what was done above it", async () => {
    const { screen, clock, view } = live();
    await clock.sleep(200);
    view.show(at(60));
    expect(screen.taken()).to.equal(`T\n\r\u001b[J${block(head("1:00"))}`);

    view.show(at(61, { event: true }));

    expect(screen.taken()).to.equal(
      `\u001b[5A\r\u001b[J   1:01  web bake 10% on v2 (step 1 of 2): bakes for 4 min more\n${block(head("1:01"))}`,
    );
  });

  it("draws at most every 100 ms", async () => {
    const { screen, clock, view } = live();
    await clock.sleep(200);
    view.show(at(60));
    screen.taken();

    view.show(at(61));
    await clock.sleep(99);
    view.show(at(62));
    expect(screen.taken()).to.equal("");

    await clock.sleep(1);
    view.show(at(63));
    expect(screen.taken()).to.equal(`\u001b[5A\r\u001b[J${block(head("1:03"))}`);
  });

  it("knows how many rows its lines take in a terminal that was made narrower", async () => {
    const { screen, clock, view } = live();
    await clock.sleep(200);
    view.show(at(60));
    screen.taken();
    screen.columns = 40;

    view.above("said\n");

    // 85, 77, 50, 57 and 22 characters in rows of 40.
    expect(screen.taken()).to.match(/^\u001b\[10A\r\u001b\[Jsaid\nweb {2}v1/);
  });

  it("leaves the terminal alone while somebody is asked, and then says what was to be said", async () => {
    const { screen, clock, view } = live();
    await clock.sleep(200);
    view.show(at(60));
    screen.taken();

    const resume = view.pause();
    expect(screen.taken()).to.equal("\u001b[5A\r\u001b[J");
    view.show(at(61, { event: true, note: "seen" }));
    view.above("said\n");
    expect(screen.taken()).to.equal("");

    resume();
    expect(screen.taken()).to.match(
      /^\r\u001b\[J {3}1:01 {2}web bake 10% on v2 \(step 1 of 2\): seen\nsaid\nweb {2}v1/,
    );
  });
});
