import { expect } from "chai";
import { ServiceWorld } from "../service-world";

const id = (count: number): string => count.toString(16).padStart(32, "0");
const held = (deployment: string): string =>
  `was unable to reach steady state because task set (${deployment}) was unable to scale in. ` +
  "Reason: The number of protected tasks are more than the desired count of tasks.";

/** Three tasks, of which these are protected for half an hour. */
async function protectedTasks(...counts: readonly number[]): Promise<ServiceWorld> {
  const world = new ServiceWorld();
  await world.create({ desiredCount: 3 });
  await world.settle();
  const until = new Date(world.clock.now().getTime() + 1_800_000);
  for (const count of counts) world.protection.set(id(count), until);
  return world;
}
const alive = (world: ServiceWorld): string[] => world.tasks.alive().map((task) => task.id);

describe("a task with scale-in protection", () => {
  it("stays when others can go instead", async () => {
    const world = await protectedTasks(1, 2);
    await world.update({ desiredCount: 2 });
    await world.settle();
    expect([alive(world), world.messages.filter((one) => one === held("#1"))]).to.deep.equal([[id(1), id(2)], []]);
  });

  it("keeps its service above its count, which says so once, until the protection is over", async () => {
    const world = await protectedTasks(1, 2);
    await world.update({ desiredCount: 1 });
    await world.settle();
    const during = alive(world);
    await world.settle(1_800_000);
    expect([during, alive(world).length, world.messages.filter((one) => one === held("#1")).length]).to.deep.equal([
      [id(1), id(2)],
      1,
      1,
    ]);
  });

  it("keeps a deployment going that has everything else in place", async () => {
    const world = await protectedTasks(2);
    await world.update({ taskDefinition: "web:2" });
    await world.settle(900_000);
    const during = world.deployments;
    await world.settle(1_200_000);
    expect([during, world.deployments, world.messages.includes(held("#1"))]).to.deep.equal([
      ["PRIMARY web:2 IN_PROGRESS 3/3", "ACTIVE web:1 COMPLETED 1/1"],
      ["PRIMARY web:2 COMPLETED 3/3"],
      true,
    ]);
  });

  it("goes with its service", async () => {
    const world = await protectedTasks(1, 2, 3);
    await world.call("DeleteService", { cluster: "main", service: "web", force: true });
    await world.settle();
    expect([alive(world), (await world.describe())["status"]]).to.deep.equal([[], "INACTIVE"]);
  });
});
