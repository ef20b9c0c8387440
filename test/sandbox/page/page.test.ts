import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import type { Snapshot } from "../../../sandbox/model/snapshot";
import { aDeployment, aRule, aService, aTask, emptySnapshot } from "../../sandbox-control/page/a-snapshot";
import { browserPath, openBrowser } from "./browser";
import { scriptedSandbox, type ScriptedSandbox } from "./scripted-sandbox";

const calm: Snapshot = {
  ...emptySnapshot,
  services: [aService()],
  tasks: [aTask()],
  rules: [aRule()],
  traffic: { perSecond: 200, byVersion: { v1: 200 }, errors: 0, p50: 1.25, p99: 12 },
  alarms: [{ name: "web-5xx", state: "OK", reason: "Threshold not crossed" }],
};

describe("the live page in a browser", function () {
  let browser: Browser;
  let page: Page;
  let sandbox: ScriptedSandbox;
  const complaints: string[] = [];

  before(async function () {
    const path = browserPath();
    if (path === undefined) {
      const reason = "No Chromium: set CHROMIUM to one, or `apt-get install chromium`.";
      if (process.env["CI"] === "true") throw new Error(reason);
      process.stderr.write(`      skipped: ${reason}\n`);
      return this.skip();
    }
    browser = await openBrowser(path);
  });

  after(async () => browser?.close());

  beforeEach(async () => {
    sandbox = await scriptedSandbox(calm);
    page = await browser.newPage();
    page.setDefaultTimeout(20_000);
    complaints.length = 0;
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && !/ERR_|Failed to load resource/.test(message.text()))
        complaints.push(message.text());
    });
    await page.goto(sandbox.address);
    await page.getByText("live", { exact: true }).waitFor();
  });

  afterEach(async () => {
    await page.close();
    await sandbox.breakDown();
    expect(complaints).to.deep.equal([]);
  });

  const textOf = async (selector: string): Promise<string> => (await page.locator(selector).innerText()).trim();
  const until = async (text: string): Promise<void> => page.getByText(text).first().waitFor();
  const widths = async (selector: string): Promise<readonly string[]> =>
    page
      .locator(selector)
      .evaluateAll((parts) => parts.map((part) => (part as unknown as { style: { width: string } }).style.width));

  it("shows what there is", async () => {
    expect(await textOf("#rate")).to.equal("200");
    expect([await textOf("#p50"), await textOf("#p99")]).to.deep.equal(["1.3 ms", "12 ms"]);
    expect(await textOf("#services h3")).to.equal("web");
    expect(await textOf("#services .badge >> nth=0")).to.equal("2 of 2 running");
    expect(await textOf("#tasks tr")).to.match(
      /^01234567\s+web\s+v1\s+RUNNING\s+HEALTHY\s+healthy web-blue\s+127\.0\.1\.1$/,
    );
    expect(await textOf("#rules tr"))
      .to.contain("web-blue 100 % (2 of 2 healthy)")
      .and.contain("all else");
    expect(await textOf("#alarms")).to.match(/^OK\s+web-5xx$/);
    expect(await textOf("#speed")).to.equal("UTC, at 20 times");
    expect(await page.title()).to.equal("Slipway sandbox");
  });

  it("lets the sandbox's time go on by itself at its speed", async () => {
    const start = Date.parse(`${await textOf("#time")}Z`);
    while (Date.parse(`${await textOf("#time")}Z`) < start + 10_000) await page.waitForTimeout(50);
  });

  it("shows a deployment that rolls, old and new beside each other", async () => {
    sandbox.tell({
      ...calm,
      services: [
        aService({
          running: 3,
          pending: 1,
          deployments: [
            aDeployment({
              id: "ecs-svc/2",
              taskDefinition: "shop-web:2",
              rolloutState: "IN_PROGRESS",
              running: 1,
              pending: 1,
            }),
            aDeployment({ status: "ACTIVE" }),
          ],
        }),
      ],
      tasks: [
        aTask(),
        aTask({
          id: "fedcba98",
          version: "v2",
          status: "PENDING",
          health: "UNKNOWN",
          targets: [{ group: "web-blue", state: "initial", reason: "Elb.InitialHealthChecking" }],
        }),
      ],
    });
    await until("shop-web:2");

    const rows = await page.locator("#services tbody tr").allInnerTexts();
    expect(rows.map((row) => row.split(/\s+/).join(" ").trim())).to.deep.equal([
      "PRIMARY shop-web:2 IN_PROGRESS 1 running, 1 pending, 2 wanted",
      "ACTIVE shop-web:1 COMPLETED 2 running, 0 pending, 2 wanted",
    ]);
    expect(await widths("#services tbody .bar span")).to.deep.equal(["50%", "50%", "100%", "0%"]);
    expect(await textOf("#services .badge >> nth=0")).to.equal("3 of 2 running");
    expect(await textOf("#tasks tr >> nth=1"))
      .to.contain("PENDING")
      .and.contain("Elb.InitialHealthChecking");
  });

  it("shows weights that shift, and which version answers", async () => {
    sandbox.tell({
      ...calm,
      rules: [
        aRule({
          weights: [
            { group: "web-blue", weight: 75, healthy: 2, registered: 2 },
            { group: "web-green", weight: 25, healthy: 1, registered: 2 },
          ],
        }),
      ],
      traffic: { perSecond: 200, byVersion: { v1: 150, v2: 50 }, errors: 3, p50: 1, p99: 9 },
    });
    await until("web-green 25 % (1 of 2 healthy)");

    expect(await widths("#rules .bar span")).to.deep.equal(["75%", "25%"]);
    await until("v2: 50 a second, 25 %");
    expect(await textOf("#errors")).to.equal("3");
    expect(await page.locator("#chart").getAttribute("aria-label")).to.contain("now 200: v1 150 (75 %), v2 50 (25 %)");
    await page.locator("#chart path").nth(1).waitFor({ state: "attached" });
  });

  it("tells an alarm that fires at once, to those who listen as well", async () => {
    sandbox.tell({
      ...calm,
      alarms: [
        { name: "aaa", state: "OK", reason: "" },
        { name: "web-5xx", state: "ALARM", reason: "Threshold Crossed: 1 datapoint [7.0] was greater than 5.0" },
      ],
    });
    await until("Threshold Crossed");

    expect(await page.locator("#alarms li").first().innerText()).to.match(/^ALARM\s+web-5xx/);
    const news = page.getByRole("alert");
    expect([await news.getAttribute("aria-live"), await news.textContent()]).to.deep.equal([
      "assertive",
      "Alarm web-5xx is ALARM.",
    ]);
    expect(await page.title()).to.equal("(1) Slipway sandbox");
  });

  it("says that it has lost the sandbox, and goes on when it is back", async () => {
    await sandbox.breakDown();
    await until("not connected, trying again");

    sandbox.tell({ ...calm, faults: ["web: 50 % errors"] });
    await sandbox.comeBack();

    await until("web: 50 % errors");
    expect(await textOf("#link")).to.equal("live");
  });

  it("keeps a name that is a piece of HTML a piece of text, everywhere", async () => {
    const hostile = '<img src=x onerror="document.title=1">';
    sandbox.tell({
      ...calm,
      services: [
        aService({
          name: hostile,
          cluster: hostile,
          deployments: [
            aDeployment({ taskDefinition: hostile, stage: hostile, status: hostile, rolloutState: hostile }),
          ],
          events: [{ at: hostile, message: hostile }],
        }),
      ],
      tasks: [
        aTask({
          service: hostile,
          version: hostile,
          status: hostile,
          health: hostile,
          address: hostile,
          stoppedReason: hostile,
          targets: [{ group: hostile, state: hostile, reason: hostile }],
        }),
      ],
      rules: [
        aRule({
          loadBalancer: hostile,
          address: hostile,
          priority: hostile,
          conditions: [hostile],
          action: hostile,
          weights: [{ group: hostile, weight: 1, healthy: 0, registered: 0 }],
        }),
      ],
      traffic: { perSecond: 1, byVersion: { [hostile]: 1 }, errors: 0 },
      alarms: [{ name: hostile, state: "ALARM", reason: hostile }],
      faults: [hostile],
    });
    await until(hostile);

    expect(await page.locator("img").count()).to.equal(0);
    expect(await page.title()).to.equal("(1) Slipway sandbox");
    expect(await page.getByText(hostile).count()).to.be.greaterThan(10);
  });

  it("keeps what a person has opened while everything changes", async () => {
    await page.getByText("Events", { exact: true }).focus();
    await page.keyboard.press("Enter");
    sandbox.tell({ ...calm, services: [aService({ name: "aaa" }), aService({ running: 1 })] });
    await until("1 of 2 running");

    const open = page.locator("details[open]");
    expect(await open.count()).to.equal(1);
    expect(await open.innerText())
      .to.contain("11:59:00")
      .and.contain("has reached a steady state");
    expect(await page.evaluate("document.activeElement.textContent")).to.equal("Events");
  });
});
