import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** What was sent to a control endpoint, for example `["POST clock", { speed: 1 }]`. */
type Asked = readonly [endpoint: string, body: unknown];

const stackFile = `config:
  aws:region: eu-central-1
  slipway:system: shop
  slipway:environment: staging
  slipway:account: { id: "111111111111" }
  slipway:network: { mode: create, cidr: 10.10.0.0/16, zones: 2 }
  slipway:services: {}
`;

/** A project whose sandbox is a table of answers, in a folder of its own that the process stands in. */
export class ASandbox {
  /** What a control endpoint answers; a text is a refusal. */
  readonly answers: Record<string, object | string> = {};
  readonly asked: Asked[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), "slipway-command-"));
  private readonly former = process.cwd();
  private server: Server | undefined;

  /** Address of the server that control endpoints and requests of a load reach. */
  get address(): string {
    return `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}`;
  }

  async open(): Promise<void> {
    this.server = createServer((request, response) => {
      void text(request).then((body) => {
        const [, name] = /^\/_slipway\/(.+)$/.exec(request.url ?? "") ?? [];
        if (name === undefined) return response.writeHead(200, { "x-slipway-version": "v1" }).end();
        if (name === "health") return response.end(JSON.stringify({ epoch: "e1" }));
        const endpoint = `${request.method} ${name}`;
        if (name !== "events") this.asked.push([endpoint, body === "" ? undefined : JSON.parse(body)]);
        const answer = this.answers[endpoint] ?? "no such endpoint";
        return typeof answer === "string"
          ? response.writeHead(400).end(JSON.stringify({ error: answer }))
          : response.end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, "127.0.0.1", resolve));
    const root = join(this.folder, ".slipway", "sandbox");
    mkdirSync(join(root, "backend", ".pulumi", "stacks", "shop"), { recursive: true });
    writeFileSync(join(this.folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    writeFileSync(join(this.folder, "Pulumi.staging.yaml"), stackFile);
    const { port } = this.server.address() as AddressInfo;
    writeFileSync(join(root, "session.json"), JSON.stringify({ pid: 1, port, epoch: "e1", startedAt: "" }));
    process.chdir(this.folder);
  }

  /** What the stack has made. @param resources of its state */
  deploy(resources: readonly object[]): void {
    const file = join(this.folder, ".slipway", "sandbox", "backend", ".pulumi", "stacks", "shop", "staging.json");
    writeFileSync(file, JSON.stringify({ version: 3, checkpoint: { latest: { resources } } }));
  }

  /** As if it had never been started. */
  forgetRecord(): void {
    rmSync(join(this.folder, ".slipway", "sandbox", "session.json"));
  }

  async close(): Promise<void> {
    process.chdir(this.former);
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
