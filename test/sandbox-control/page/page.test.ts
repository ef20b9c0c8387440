import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { isForThisMachine } from "../../../sandbox/page/local-host";
import { contentSecurityPolicy, pageHandler } from "../../../sandbox/page/page";

describe("the live page", () => {
  let server: Server | undefined;

  afterEach(() => server?.close());

  const ask = async (handler: ReturnType<typeof pageHandler>): Promise<Response> => {
    const own = (server = createServer(handler));
    await new Promise<void>((resolve) => own.listen(0, "127.0.0.1", resolve));
    return fetch(`http://127.0.0.1:${(own.address() as AddressInfo).port}/`, { headers: { connection: "close" } });
  };

  it("is one document that may run its own script and load nothing", async () => {
    const response = await ask(pageHandler());
    const text = await response.text();

    expect([response.status, response.headers.get("content-type")]).to.deep.equal([200, "text/html; charset=utf-8"]);
    expect(response.headers.get("content-security-policy")).to.equal(contentSecurityPolicy(text));
    expect(text).not.to.match(/\b(src|href)="(?!#|data:,)/);
    expect(text).not.to.match(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    expect(text).not.to.match(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
    expect(text).not.to.match(/\sstyle="|\son\w+="/);
  });

  it("says so when its file is gone", async () => {
    expect((await ask(pageHandler("/nowhere/page.html"))).status).to.equal(500);
  });

  it("allows exactly the texts between its tags", () => {
    const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

    expect(contentSecurityPolicy("<style>a{}</style><script>one()</script><script>two()</script>")).to.equal(
      `default-src 'none'; style-src ${hash("a{}")}; script-src ${hash("one()")} ${hash("two()")}; ` +
        "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  it("has a heading for every section and a scope for every column", () => {
    const text = readFileSync("sandbox/page/page.html", "utf8");
    const sections = [...text.matchAll(/<section [^>]*aria-labelledby="([^"]+)"/g)].map(([, id]) => id);

    expect(sections.filter((id) => !text.includes(`<h2 id="${id}">`))).to.deep.equal([]);
    expect(text.match(/<th(?! scope="col")[ >]/g)).to.equal(null);
  });

  for (const [host, isOwn] of [
    ["127.0.0.1:4566", true],
    ["localhost", true],
    ["LOCALHOST:1", true],
    ["[::1]:80", true],
    [undefined, false],
    ["evil.example", false],
    ["127.0.0.1.evil.example", false],
    ["localhost:80:evil", false],
  ] as const) {
    it(`is ${isOwn ? "shown" : "refused"} to one who asks for ${host}`, () => {
      expect(isForThisMachine(host)).to.equal(isOwn);
    });
  }
});
