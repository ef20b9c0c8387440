import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { expect } from "chai";
import { residentEnvironment } from "../../../sandbox/session/resident-environment";

const shell = {
  AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
  AWS_ACCESS_KEY_ID: "SANDBOX111111111111",
  AWS_REGION: "eu-central-1",
  PULUMI_CONFIG_PASSPHRASE: "not for them",
};

describe("where an engine finds the sandbox's providers", () => {
  let folder: string;
  let record: string;
  let server: Server;
  let status: number;
  let asked: unknown[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "slipway-resident-"));
    record = join(folder, "session.json");
    [status, asked] = [200, []];
    server = createServer((request, response) => {
      void json(request).then((body) => {
        asked.push([request.method, request.url, request.headers["x-slipway-epoch"], body]);
        response.writeHead(status).end(JSON.stringify({ aws: 41, awsx: 42, random: 43 }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    writeFileSync(record, JSON.stringify({ pid: 1, port, epoch: "e1", startedAt: "2026-01-01T00:00:00Z" }));
  });
  afterEach(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  it("is asked of the sandbox, with what the provider of AWS reads of the environment and nothing else", async () => {
    expect(await residentEnvironment(() => record, shell)).to.deep.equal({
      PULUMI_DEBUG_PROVIDERS: "aws:41,awsx:42,random:43",
    });
    expect(asked).to.deep.equal([
      [
        "POST",
        "/_slipway/plugins",
        "e1",
        {
          AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
          AWS_ACCESS_KEY_ID: "SANDBOX111111111111",
          AWS_REGION: "eu-central-1",
        },
      ],
    ]);
  });

  for (const [when, env] of [
    ["the key is AWS' own", { ...shell, AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE" }],
    ["there is no key", { AWS_ENDPOINT_URL: shell.AWS_ENDPOINT_URL }],
    ["there is no endpoint", { AWS_ACCESS_KEY_ID: shell.AWS_ACCESS_KEY_ID }],
    ["providers are named already", { ...shell, PULUMI_DEBUG_PROVIDERS: "aws:4711" }],
  ] as const)
    it(`is not asked for where ${when}`, async () => {
      expect(await residentEnvironment(() => record, env)).to.deep.equal({});
      expect(asked).to.deep.equal([]);
    });

  it("is nowhere when the sandbox has no answer, and then the engine starts its own", async () => {
    status = 500;
    expect(await residentEnvironment(() => record, shell)).to.deep.equal({});
    server.close();
    server.closeAllConnections();
    expect(await residentEnvironment(() => record, shell)).to.deep.equal({});
  });

  it("is nowhere without a sandbox", async () => {
    expect(await residentEnvironment(() => join(folder, "none.json"), shell)).to.deep.equal({});
  });
});
