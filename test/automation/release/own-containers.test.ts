import { expect } from "chai";
import { mainContainer, ownContainers } from "../../../automation/release/own-containers";
import { shopConfig } from "../../_helpers/a-shop-release";

const { services } = shopConfig();

describe("a service's own containers", () => {
  const container = (repository: string, more: object = {}): object => ({ image: { repository, tag: "v1" }, ...more });
  const service = (containers: Readonly<Record<string, object>>): Parameters<typeof ownContainers>[1] =>
    ({ containers }) as unknown as Parameters<typeof ownContainers>[1];

  it("are those whose images come from the registry of the main one", () => {
    expect(ownContainers("web", services["web"] ?? service({}))).to.deep.equal(["web", "proxy"]);
  });

  it("are on Docker Hub those of the same account", () => {
    const shop = service({
      app: container("shop/app"),
      mcp: container("shop/mcp"),
      logs: container("fluent/fluent-bit"),
    });
    expect(ownContainers("web", shop)).to.deep.equal(["app", "mcp"]);
  });

  it("have as their main one the service's namesake, else what answers, else what is essential", () => {
    const answers = container("a/b", { loadBalancer: {}, essential: false });
    const essential = container("a/b", { essential: true });
    const rest = container("a/b", { essential: false });
    expect([
      mainContainer("web", service({ rest, answers, web: rest })),
      mainContainer("web", service({ essential, answers })),
      mainContainer("web", service({ rest, essential })),
      mainContainer("web", service({ rest })),
    ]).to.deep.equal(["web", "answers", "essential", "rest"]);
  });
});
