import { expect } from "chai";
import { BalancerWorld, type Reply } from "./balancer-world";
import { forwardTo, groupArn } from "./told-cloud";

const blue = groupArn("blue");
const green = groupArn("green");

describe("stickiness", () => {
  let world: BalancerWorld;
  beforeEach(() => void (world = new BalancerWorld()));
  afterEach(() => world.close());

  const cookies = ({ headers }: Reply): string[] => headers["set-cookie"] ?? [];
  const named = (reply: Reply, name: string): string =>
    cookies(reply)
      .find((cookie) => cookie.startsWith(`${name}=`))
      ?.split(";")[0] ?? "";

  it("of groups keeps a client where it is, against the weights, until the cookie expires", async () => {
    const groups = { blue: {}, green: {} };
    await world.set({ listeners: [{ actions: [forwardTo({ blue: 1, green: 0 }, 600)] }], groups });
    await world.serve(blue, await world.telling("127.3.2.1"));
    await world.serve(green, await world.telling("127.3.2.2"));
    const first = await world.get("/");
    expect(cookies(first).map((cookie) => cookie.replace(/=[A-Za-z0-9+/=]+;/, "=...;"))).to.deep.equal([
      "AWSALBTG=...; Expires=Thu, 01 Jan 2026 00:10:08 GMT; Path=/",
      "AWSALBTGCORS=...; Expires=Thu, 01 Jan 2026 00:10:08 GMT; Path=/; SameSite=None; Secure",
    ]);

    await world.set({ listeners: [{ actions: [forwardTo({ blue: 0, green: 1 }, 600)] }], groups });
    const headers = { Cookie: `a=b; ${named(first, "AWSALBTG")}` };
    const bodies = [(await world.get("/", { headers })).body, (await world.get("/")).body];
    await world.clock.advance(600_000);
    bodies.push((await world.get("/", { headers })).body);
    expect(bodies).to.deep.equal(["127.3.2.1", "127.3.2.2", "127.3.2.2"]);
  });

  it("of targets keeps a client at its target as long as that is healthy", async () => {
    const attributes = { "stickiness.enabled": "true", "stickiness.type": "lb_cookie" };
    await world.set({ listeners: [{ weights: { blue: 1 } }], groups: { blue: { attributes } } });
    await world.serve(blue, await world.telling("127.3.2.1"), await world.telling("127.3.2.2"));
    const first = await world.get("/");
    const headers = { Cookie: named(first, "AWSALB") };
    for (let count = 0; count < 4; count++) expect((await world.get("/", { headers })).body).to.equal(first.body);

    world.outcomes.set(first.body, { kind: "failed" });
    await world.clock.advance(60_000);
    const moved = await world.get("/", { headers });
    expect(moved.body).not.to.equal(first.body);
    expect(named(moved, "AWSALB")).not.to.equal(headers.Cookie);
  });

  it("of an application begins with the application's own cookie", async () => {
    const attributes = {
      "stickiness.enabled": "true",
      "stickiness.type": "app_cookie",
      "stickiness.app_cookie.cookie_name": "session",
    };
    await world.set({ listeners: [{ weights: { blue: 1 } }], groups: { blue: { attributes } } });
    const answer = (id: string) =>
      world.program(id, (request, response) => {
        if (request.url === "/login") response.setHeader("Set-Cookie", "session=1");
        response.end(id);
      });
    await world.serve(blue, await answer("127.3.2.1"), await answer("127.3.2.2"));
    expect(cookies(await world.get("/"))).to.deep.equal([]);
    const login = await world.get("/login");
    const headers = { Cookie: named(login, "AWSALBAPP-0") };
    for (let count = 0; count < 4; count++) expect((await world.get("/", { headers })).body).to.equal(login.body);
  });

  for (const cookie of ["AWSALBTG=nonsense", "AWSALBTG", "=", ";;;", "AWSALBTG=OTk5OTk5OTk5OTk5OTl8Z29uZQ=="]) {
    it(`draws by weight for the cookie ${cookie}`, async () => {
      await world.set({ listeners: [{ actions: [forwardTo({ blue: 1 }, 600)] }], groups: { blue: {} } });
      await world.serve(blue, await world.telling("127.3.2.1"));
      expect((await world.get("/", { headers: { Cookie: cookie } })).body).to.equal("127.3.2.1");
    });
  }
});
