import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { sandboxCloud } from "../_helpers/sandbox-cloud";
import { sandboxProject, type SandboxProject } from "../_helpers/sandbox-project";
import { start as startSlipway, type Started } from "../_helpers/started";
import { attempt, changeStackFile } from "./misuse/attempt";

interface Entry {
  readonly command: string;
  readonly outcome: string;
  readonly result: string | null;
  readonly exitCode: number;
  readonly error?: { readonly code: string };
  readonly by: { readonly identity: string | null; readonly user: string; readonly host: string };
}

const me = `${userInfo().username}@${hostname()}`;

/** How a run is named to others; in CI its own run is named, too. */
const named = (pid: number): string => `${me} \\(process ${pid}\\)( in \\S+)?`;

const start = (project: SandboxProject, ...args: readonly string[]): Started =>
  startSlipway(project, ...args, "--sandbox", "--yes");

describe("the lock of a stack", () => {
  let project: SandboxProject;
  const records = (): string => join(project.folder, ".slipway/sandbox/backend/.slipway");
  const entries = async (limit: number): Promise<readonly Entry[]> =>
    (await project.json("history", "staging", "--sandbox", "--limit", String(limit)))["entries"] as readonly Entry[];
  const brief = ({ command, outcome, result, exitCode, error }: Entry): readonly unknown[] => [
    command,
    outcome,
    result ?? error?.code,
    exitCode,
  ];

  before(async () => {
    project = sandboxProject();
    await project.slipway("sandbox", "start");
  });
  after(async () => project.remove());

  it("lets one of two runs go on, and tells the other who has it", async () => {
    const first = start(project, "up", "staging");
    await first.says(/Preview of staging/);
    const second = await attempt(project, ["up", "staging", "--sandbox", "--yes"]);
    const looking = await project.slipway("history", "staging", "--sandbox");
    const { code, said } = await first.end;

    expect([second.exitCode, second.code]).to.deep.equal([4, "stack-locked"]);
    expect(second.said).to.match(new RegExp(`staging is locked by ${named(first.pid)} since 20`));
    expect(second.said).to.contain("`slipway up staging`");
    expect(second.data["lock"]).to.include({ pid: first.pid, command: "up" });
    expect(looking.code, "reading waits for nobody").to.equal(0);
    expect(code, said).to.equal(0);
    expect((await entries(5)).map(brief)).to.deep.equal([["up", "done", "deployed", 0]]);
    expect((await entries(1))[0]?.by.identity).to.match(/^arn:aws:sts::686831565523:/);
  });

  it("is waited for", async () => {
    const first = start(project, "up", "staging", "--refresh");
    await first.says(/Preview of staging/);
    const second = start(project, "up", "staging", "--wait-for-lock=2m");
    await second.says(new RegExp(`Waiting for the lock of ${named(first.pid)}: up\\.`));
    const ends = [await first.end, await second.end];
    expect(
      ends.map(({ code }) => code),
      ends.map(({ said }) => said).join("\n"),
    ).to.deep.equal([0, 0]);
  });

  it("is taken over from a run that was killed, together with what its engine has left", async () => {
    changeStackFile(project, /cpu: 512\n(\s+)memory: 1024/, "cpu: 1024\n$1memory: 2048");
    const killed = start(project, "up", "staging");
    await killed.says(/Update of staging/);
    killed.kill();
    await killed.end;

    const next = start(project, "up", "staging");
    const { code, said } = await next.end;
    const preview = await project.slipway("preview", "staging", "--sandbox", "--expect-no-changes");

    expect(code, said).to.equal(0);
    expect(said).to.match(new RegExp(`The lock of ${named(killed.pid)}, which is dead, is taken over\\.`));
    expect(preview.code, preview.stdout).to.equal(0);
    expect((await entries(2)).map(brief)).to.deep.equal([
      ["up", "done", "deployed", 0],
      ["up", "interrupted", "killed", 1],
    ]);
  });

  it("is given back by a run that is interrupted before its engine has begun", async () => {
    const lock = join(records(), "locks/slipway");
    const before = readdirSync(lock).length;
    const interrupted = start(project, "up", "staging");
    await interrupted.says(/Preview of staging/);
    process.kill(interrupted.pid, "SIGINT");
    const { code } = await interrupted.end;
    const open = await project.json("unlock", "staging", "--sandbox", "--yes");

    expect(code).not.to.equal(0);
    expect(readdirSync(lock).length).to.be.greaterThan(before);
    expect(open["outcome"]).to.equal("unchanged");
    expect((await entries(1)).map(({ outcome }) => outcome)).to.deep.equal(["interrupted"]);
  });

  describe("of somebody on another machine", () => {
    const soon = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString();

    /** Writes over the lock as another machine would, and gives its newest file. */
    const lockedElsewhere = (lastSignSecondsAgo: number): void => {
      const folder = join(records(), "locks/slipway");
      const newest = Math.max(
        ...readdirSync(folder).map((name) => Number(/^staging\.json(?:\.(\d+))?$/.exec(name)?.[1] ?? 1)),
      );
      const owner = { id: "far", user: "ann", host: "far-away", machine: "other", pid: 7, command: "up" };
      const renewedAt = soon(-lastSignSecondsAgo);
      writeFileSync(
        join(folder, `staging.json.${newest + 1}`),
        JSON.stringify({
          fence: 99,
          holding: { owner, since: renewedAt, renewedAt, expiresAt: soon(60 - lastSignSecondsAgo) },
        }),
      );
    };

    it("is not broken while it may be alive, except by force, which is recorded", async () => {
      lockedElsewhere(5);
      const refused = await attempt(project, ["unlock", "staging", "--sandbox", "--yes"]);
      const nameless = await attempt(project, ["unlock", "staging", "--sandbox", "--yes", "--force"]);
      const still = await attempt(project, ["up", "staging", "--sandbox", "--yes"]);
      const forced = await attempt(project, [
        ...["unlock", "staging", "--sandbox", "--yes"],
        ...["--force", "--reason", "the runner was deleted"],
      ]);

      expect([refused, nameless, still, forced].map(({ exitCode, code }) => [exitCode, code])).to.deep.equal([
        [4, "lock-in-use"],
        [2, "usage"],
        [4, "stack-locked"],
        [0, undefined],
      ]);
      expect(refused.said).to.contain("ann@far-away (process 7)");
      const [latest] = (await entries(1)) as unknown as readonly Readonly<Record<string, unknown>>[];
      expect(latest).to.include({ kind: "unlock", because: "forced", reason: "the runner was deleted" });
    });

    it("is taken over when it has expired and gives no sign of life", async () => {
      lockedElsewhere(600);
      const { code, said } = await start(project, "refresh", "staging").end;
      expect(code, said).to.equal(0);
      expect(said).to.contain("The lock of ann@far-away (process 7) has expired. Watching for 35 s");
      expect(said).to.contain("The lock of ann@far-away (process 7), which is dead, is taken over.");
    });
  });

  it("is in a bucket when the configuration says so, together with the history", async () => {
    const { env } = await sandboxCloud(project, "staging");
    const s3 = new S3Client({
      region: "eu-central-1",
      endpoint: String(env["AWS_ENDPOINT_URL"]),
      credentials: { accessKeyId: String(env["AWS_ACCESS_KEY_ID"]), secretAccessKey: "x" },
    });
    const location = { LocationConstraint: "eu-central-1" } as const;
    const inBucket = '  slipway:records: { store: "s3://records-of-a-team/shop" }\n';
    changeStackFile(project, "config:\n", `config:\n${inBucket}`);
    const early = await attempt(project, ["up", "staging", "--sandbox", "--yes"]);
    await s3.send(new CreateBucketCommand({ Bucket: "records-of-a-team", CreateBucketConfiguration: location }));

    const first = start(project, "up", "staging");
    await first.says(/Preview of staging/);
    const second = await attempt(project, ["destroy", "staging", "--sandbox", "--yes"]);
    const { code, said } = await first.end;
    const found = await s3.send(new ListObjectsV2Command({ Bucket: "records-of-a-team" }));
    const keys = found.Contents?.map(({ Key: key }) => key?.replace(/\d{8}T\d{9}Z-[0-9a-f]{16}/, "<time>"));

    expect([early.exitCode, early.code]).to.deep.equal([1, "records-unreachable"]);
    expect(early.said).to.contain("Make the bucket records-of-a-team");
    expect([second.exitCode, second.code]).to.deep.equal([4, "stack-locked"]);
    expect(code, said).to.equal(0);
    expect(keys).to.deep.equal(["shop/history/slipway/staging/<time>.json", "shop/locks/slipway/staging.json"]);
    expect((await entries(9)).map(brief)).to.deep.equal([["up", "done", "unchanged", 0]]);
    changeStackFile(project, inBucket, "");
  });

  it("keeps nothing in its records that is a secret", () => {
    const files = readdirSync(records(), { recursive: true, encoding: "utf8" }).filter((name) =>
      name.includes(".json"),
    );
    const text = files.map((name) => readFileSync(join(records(), name), "utf8")).join("\n");
    expect(text).not.to.match(/password|slipway-sandbox|signatures-are-not-checked/i);
  });
});
