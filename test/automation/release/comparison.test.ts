import { expect } from "chai";
import type { ServicePlan } from "../../../automation/model/release/plan";
import { readComparison } from "../../../automation/release/comparison";
import { FakeMetrics } from "../../_fakes/fake-metrics";
import { aServicePlan } from "../../_helpers/a-service-plan";

const arn = (name: string): string => `arn:aws:elasticloadbalancing:eu-central-1:686831565523:targetgroup/${name}/0123`;
const plan: ServicePlan = aServicePlan({
  loadBalancer: "app/shop/50dc",
  slots: {
    blue: { serviceName: "web-blue", targetGroups: [arn("web-blue"), arn("admin-blue")] },
    green: { serviceName: "web-green", targetGroups: [arn("web-green"), arn("admin-green")] },
  },
});
const since = new Date(60_000);
const now = new Date(180_000);

describe("readComparison", () => {
  it("asks for both sides by CloudWatch's names, and for the same time", async () => {
    const log: string[] = [];
    const metrics = new FakeMetrics(log);
    const [fresh, old] = [
      { requests: 20, errors: 3, latencyP95: 0.2 },
      { requests: 200, errors: 1, latencyP95: 0.1 },
    ];
    metrics.sides.set("targetgroup/web-green/0123 targetgroup/admin-green/0123", fresh);
    metrics.sides.set("targetgroup/web-blue/0123 targetgroup/admin-blue/0123", old);

    expect(await readComparison(metrics, plan, since, now)).to.deep.equal({ fresh, old });
    expect(log).to.deep.equal([
      "figures targetgroup/web-green/0123 targetgroup/admin-green/0123 1970-01-01T00:01:00.000Z 1970-01-01T00:03:00.000Z",
      "figures targetgroup/web-blue/0123 targetgroup/admin-blue/0123 1970-01-01T00:01:00.000Z 1970-01-01T00:03:00.000Z",
    ]);
  });

  it("knows of no requests where no load balancer counts them", async () => {
    const log: string[] = [];
    const none = { requests: 0, errors: 0, latencyP95: null };

    const found = await readComparison(new FakeMetrics(log), { ...plan, loadBalancer: null }, since, now);

    expect(found).to.deep.equal({ fresh: none, old: none });
    expect(log).to.deep.equal([]);
  });
});
